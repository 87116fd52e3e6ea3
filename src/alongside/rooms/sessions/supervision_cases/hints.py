"""What could give somebody away though it names nobody: a trade, an employer, a bus, a school, a village. Pure.

No list can know which of them does: in a small place *the vet* is a name. So these do not stop a case; they are a question,
and the case goes when its guide has answered it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _


class About(Enum):
    OCCUPATION = _("What they do for a living: is there only one of them where they live?")
    EMPLOYER = _("Where they work: could “a shop” or “an office” do?")
    TRANSPORT = _("A bus, a line or a route: could “on the way” do?")
    SCHOOL = _("A school, college or year: could “at school” do?")
    PLACE = _("A village, an estate or another small place: does it matter which kind?")
    CIRCLE = _("A church, a club, a team: could “a group” do?")
    ROLE = _("A role or a rare event that people there know of: would someone recognise it?")


@dataclass(frozen=True, slots=True, order=True)
class Hint:
    start: int
    end: int
    about: About


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_JOBS = _listed(
    """
    accountant actor actress apprentice architect artist baker barber barista barrister beautician bricklayer builder
    butcher carer caretaker carpenter cashier chaplain chef cleaner clerk coach cook councillor courier decorator
    dentist detective director doctor driver editor electrician engineer farmer farmhand firefighter fireman
    fisherman florist footballer forester gardener gamekeeper GP hairdresser headmaster headmistress headteacher
    housekeeper interpreter jeweller joiner journalist judge labourer landlady landlord lawyer lecturer librarian
    lifeguard lorry magistrate mayor mechanic midwife miner minister musician nanny nun nurse optician painter
    paramedic pastor pharmacist photographer physiotherapist pianist pilot plasterer plumber police policeman
    policewoman porter postman postwoman priest professor programmer publican rabbi receptionist roofer sailor
    scaffolder scientist secretary sergeant sheriff shopkeeper signalman singer social-worker soldier solicitor
    stonemason surgeon surveyor tailor teacher technician translator tutor undertaker vet vicar waiter waitress
    warden watchmaker weaver welder zookeeper"""
)
_BUS = r"(?:bus|coach|train|tram|trolleybus|ferry|tube|metro|night\s?bus)"
_SCHOOL = (
    r"(?:primary|secondary|grammar|boarding|infant|junior|high|comprehensive|private|public|special)\s+school"
    r"|(?:school|nursery|college|university|academy|polytechnic|faculty|sixth\s+form|kindergarten|playgroup)"
)
_PLACE = (
    r"(?:village|hamlet|island|parish|market\s+town|small\s+town|valley|cul-de-sac|council\s+estate|estate|caravan\s+park"
    r"|traveller\s+site|farm|lighthouse|barracks|hostel|refuge|care\s+home)"
)
_CIRCLE = (
    r"(?:church|chapel|mosque|synagogue|temple|gurdwara|congregation|choir|orchestra|brass\s+band|band|club|regiment"
    r"|battalion|lodge|scouts|guides|allotment\s+society|rugby\s+team|football\s+team|cricket\s+team|team\s+captain)"
)
_ROLE = (
    r"(?:the\s+only\s+\w+|the\s+first\s+(?:woman|man|person)|in\s+the\s+(?:news|papers|paper)|on\s+(?:television|tv)"
    r"|the\s+(?:murder|fire|crash|accident|explosion|inquest|trial)\b|well[- ]known|famous|local\s+paper)"
)
_PATTERNS: tuple[tuple[About, re.Pattern[str]], ...] = (
    (
        About.EMPLOYER,
        re.compile(
            r"\b(?i:(?:works?|worked|working|employed|job|post|position|shifts?)\s+(?:at|behind|for(?=\s+(?:an?|the)\s|\s+(?-i:[A-Z]))|in(?=\s+an?\s))\s+"
            r"(?:(?:a|an|the|her|his|their|one\s+of\s+the)\s+)?)[^\s.,;:!?]+(?:\s+[A-Z][\w’'&-]*(?<!day)(?<!days))*"
        ),
    ),
    (
        About.EMPLOYER,
        re.compile(r"\b(?:employer|company|firm|factory|warehouse|supermarket|call\s+cent(?:re|er))\b", re.I),
    ),
    (
        About.OCCUPATION,
        re.compile(r"\b(?:works?|worked|working|trained|training|retired)\s+as\s+an?\s+\w+", re.I),
    ),
    (
        About.OCCUPATION,
        re.compile(rf"\b(?:{'|'.join(job.replace('-', r'[- ]') for job in _JOBS)})s?\b", re.I),
    ),
    (
        About.TRANSPORT,
        re.compile(
            rf"\b{_BUS}\s*(?:line|route|number|no\.?)?\s*[A-Z]?\d+\w?\b|\b(?:number|no\.?|the)\s+\d+\w?\s+{_BUS}\b"
            rf"|\b(?:bus|train|tram|tube|metro)\s+(?:line|route|stop|station)\b|\bthe\s+[A-Z]\w+\s+[Ll]ine\b|\bline\s+[A-Z]?\d+\b"
        ),
    ),
    (
        About.SCHOOL,
        re.compile(rf"\b(?:{_SCHOOL})s?\b|\byear\s+(?:\d{{1,2}}|seven|eight|nine|ten|eleven)\b", re.I),
    ),
    (About.PLACE, re.compile(rf"\b{_PLACE}\b", re.I)),
    (About.CIRCLE, re.compile(rf"\b{_CIRCLE}\b", re.I)),
    (About.ROLE, re.compile(rf"\b{_ROLE}", re.I)),
)


def hints(text: str) -> tuple[Hint, ...]:
    """Everything in a text that raises a question, in its order, none lying over another."""
    found = [
        Hint(match.start(), match.end(), about)
        for about, pattern in _PATTERNS
        for match in pattern.finditer(text)
    ]
    apart: list[Hint] = []
    for hint in sorted(found, key=lambda one: (one.start, -one.end)):
        if not apart or hint.start >= apart[-1].end:
            apart.append(hint)
    return tuple(apart)
