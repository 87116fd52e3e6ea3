"""Who one can be in the demo. Made-up people in a made-up service; none of them exists."""

from dataclasses import dataclass

from anyascii import anyascii

SERVICE = "Larkfield Community Health and Learning"
OTHER_SERVICE = "Stonebridge Practice"


@dataclass(frozen=True)
class Persona:
    slug: str
    name: str
    who: str
    pronouns: str = ""
    zone: str = "Europe/London"
    guide: bool = False
    lead: bool = False
    administrator: bool = False
    service: str = SERVICE
    telephone: str = ""
    contact: tuple[str, str] = ("", "")
    """Whom to call in an emergency, and at which number."""

    @property
    def email(self) -> str:
        """In letters every mail server takes: Inês is ines."""
        return anyascii(self.name).casefold().replace(" ", ".").replace("'", "") + "@example.org"


PERSONAS = (
    Persona(
        "supervisor",
        "Miriam Okafor",
        "supervises a student, and Daniel’s clinical work",
        "she/her",
        guide=True,
    ),
    Persona("student", "Tom Aldous", "a physiotherapy student on placement", "he/him"),
    Persona("mentor", "Helen Brandt", "mentors people at work", "she/her", zone="Europe/Berlin", guide=True),
    Persona("mentee", "Priya Nair", "wants to lead a team", "she/her"),
    Persona("clinician", "Daniel Reyes", "treats people, and is supervised himself", "he/him", guide=True),
    Persona("patient", "Margaret Whitlock", "has had low back pain since the spring", "she/her"),
    Persona(
        "dorothy",
        "Dorothy Kent",
        "is in talking therapy; answers two questionnaires before each appointment",
        "she/her",
        telephone="01632 960 210",
        contact=("Mary Kent", "01632 960 211"),
    ),
    Persona("ines", "Inês Duarte", "finished a course of treatment last month; has a keepsake", "she/her"),
    Persona("lead", "Joanna Pryce", "leads the programme: figures, no private words", lead=True),
    Persona("administrator", "Samuel Osei", "looks after people and settings", administrator=True),
    Persona("colleague", "Ruth Castellan", "a guide with no part in the others’ journeys", guide=True),
    Persona("stranger", "Viktor Hale", "of another service altogether", guide=True, service=OTHER_SERVICE),
)

# further people of the stories; they are not offered for signing in
OTHERS = (
    Persona("leila", "Leila Haddad", "a newly qualified nurse", "she/her"),
    Persona("owen", "Owen Price", "a student whose placement begins"),
    Persona("grace", "Grace Adeyemi", "finished her first year"),
    Persona("noah", "Noah Lindqvist", "back at work after a year away"),
    Persona("ben", "Ben Carrow", "in his first year at university"),
    Persona("aisha", "Aisha Rahman", "has just been invited"),
    Persona("walter", "Walter Simms", "comes tomorrow for the first time", zone="Europe/London"),
    Persona("rosa", "Rosa Delgado", "drives a bus; her treatment is stuck", "she/her"),
    Persona("karl", "Karl Vogt", "has no account; writes with his clinician in the room"),
    Persona("client", "Sophie Marr", "Viktor’s patient at the other service"),
)
EVERYBODY = {persona.slug: persona for persona in (*PERSONAS, *OTHERS)}
