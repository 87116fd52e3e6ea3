"""Who is signed in, and who they are here, in one question to the database."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from .models import User
from .queries import persons_of


class SignInBackend(AuthenticationBackend):
    """allauth's own, which signs people in; the user of a login session comes with their persons."""

    def get_user(self, user_id: UUID) -> User | None:
        """The active user with this id, carrying `persons` for the middleware; None for any other."""
        persons = persons_of(user_id)
        user = persons[0].user if persons else None
        if user is None:
            return super().get_user(user_id)
        user.persons = persons
        return user if self.user_can_authenticate(user) else None
