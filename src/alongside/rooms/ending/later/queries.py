"""What a link leads to, and whether somebody knows whom they met."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import GUIDING
from alongside.kernel.folding import foldings
from alongside.people.models import Person
from alongside.people.queries import address_changed_since, digest

from ..follow_up.models import FollowUp, FollowUpLetter
from ..follow_up.queries import open_day, with_state
from ..keepsake_reminders.models import KeepsakeEmail
from ..links.models import KeepsakeLink
from ..record.models import Ending
from ..record.queries import ending_of, participant_of

AnyLink = FollowUpLetter | KeepsakeEmail | KeepsakeLink
IN_AN_EMAIL = (FollowUpLetter, KeepsakeEmail)
MOST_WORDS = 3
TITLES = frozenset({"dr", "mr", "mrs", "ms", "mx", "miss", "prof", "professor", "sir", "dame", "rev"})


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to: the participant's own seat, and from a letter its day."""

    link: AnyLink
    seat: Seat
    ending: Ending
    day: FollowUp | None

    @property
    def is_letter(self) -> bool:
        """Of the emails that ask how things are."""
        return isinstance(self.link, FollowUpLetter)

    @property
    def is_reminder(self) -> bool:
        return isinstance(self.link, KeepsakeEmail)


def link_by(token: str) -> AnyLink | None:
    known = digest(token)
    letters = FollowUpLetter.objects.filter(token_digest=known)
    letter = letters.select_related("follow_up__journey", "recipient__organisation").first()
    if letter:
        return letter
    reminder = KeepsakeEmail.objects.filter(token_digest=known).select_related("journey").first()
    return reminder or KeepsakeLink.objects.filter(token_digest=known).select_related("journey").first()


def owner_of(link: AnyLink) -> Person | None:
    """Whose link it is: the participant's, always."""
    return participant_of(link.follow_up.journey_id if isinstance(link, FollowUpLetter) else link.journey_id)


def opened_by(link: AnyLink) -> Opened | None:
    """The table behind a link, seen from the participant's seat; None when there is none any more."""
    owner = owner_of(link)
    journey = link.follow_up.journey_id if isinstance(link, FollowUpLetter) else link.journey_id
    # what was taken along stays theirs when the account is closed; an email's link ends with it
    is_open = owner is not None and (owner.is_active or not isinstance(link, IN_AN_EMAIL))
    found = seat_for(owner, journey_id=journey) if owner and is_open else None
    ending = ending_of(found[0]) if found else None
    if found is None or ending is None:
        return None
    # a link on paper stays theirs; one in an email belongs to the mailbox it was sent to
    if isinstance(link, IN_AN_EMAIL) and owner and address_changed_since(owner, link.created_at):
        return None
    day = None
    if isinstance(link, FollowUpLetter):
        day = with_state(FollowUp.objects.filter(cancelled_at=None)).filter(id=link.follow_up_id).first()
    return Opened(link, found[0], ending, day or open_day(found[0]))


def knows_guide(seat: Seat, said: str) -> bool:
    """Whether somebody knows the name of the person they met, as loosely as people type.

    Every word, three at most, is a word of the name of one and the same guide: a list of names is no answer.
    """
    given = _words_of(said)
    if not 0 < len(given) <= MOST_WORDS:
        return False
    guides = JourneyMember.objects.filter(journey=seat.journey, part__in=[str(part) for part in GUIDING])
    return any(_names(given, str(member.person.name)) for member in guides.select_related("person"))


def _names(given: list[set[str]], name: str) -> bool:
    known = set().union(*_words_of(name))
    # names written without spaces are recognised by two letters of them, all others by a whole word
    return all(
        spellings & known or any(not one.isascii() and one in word for one in spellings for word in known)
        for spellings in given
    )


def _words_of(name: str) -> list[set[str]]:
    """The words of a name, each in its spellings, without titles and initials."""
    found = []
    for word in "".join(
        char if char.isalnum() or unicodedata.combining(char) else " " for char in name
    ).split():
        spellings = {folding.text for folding in foldings(word)}
        if max(map(len, spellings)) > 1 and not spellings & TITLES:
            found.append(spellings)
    return found
