from alongside.people.models import User

from .personas import PERSONAS


def user_of(slug: str) -> User | None:
    """The sign-in of a persona; None for anyone who isn't one."""
    persona = next((persona for persona in PERSONAS if persona.slug == slug), None)
    return User.objects.filter(email=persona.email).first() if persona else None


def is_empty() -> bool:
    """Nobody is here yet."""
    return not User.objects.exists()
