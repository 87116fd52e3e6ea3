"""Steps of the story: signing in, beginning a journey, the invitation, a place, a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core import mail

from tests.cast import PASSWORD

from .conftest import Calendar
from .tales import Tale
from .walker import Walker


@dataclass
class Walk:
    """Two people on their way."""

    tale: Tale
    guide: Walker
    participant: Walker
    calendar: Calendar
    address: str = ""
    """Of the journey page."""

    @property
    def both(self) -> tuple[Walker, Walker]:
        return self.guide, self.participant

    def room(self, name: str) -> str:
        return f"{self.address}{name}"


def letters_to(email: str) -> list[mail.EmailMessage]:
    return [letter for letter in mail.outbox if letter.to == [email]]


def link_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"https?://\S+/invitation/\S+", letter.body)
    assert found, letter.body
    return found[0]


def signs_in(walker: Walker) -> None:
    walker.opens("/accounts/login/")
    walker.fills(login=walker.email, password=PASSWORD)
    walker.presses("Sign in", within="main")


def signs_in_with_a_code(walker: Walker) -> None:
    """Somebody without a password comes back: a code by e-mail lets them in."""
    walker.opens("/accounts/login/")
    walker.follows("Send me a code by email")
    walker.fills(email=walker.email)
    walker.presses("Send me a code", within="main")
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", letters_to(walker.email)[-1].body, re.MULTILINE)
    assert code, letters_to(walker.email)[-1].body
    walker.fills(code=code[1])
    walker.presses(re.compile("Sign in|Confirm|Go in"), within="main")


def begins_a_journey(walk: Walk, *, email: str) -> None:
    """From an empty page for today to a journey of this kind, with somebody new."""
    guide, tale = walk.guide, walk.tale
    guide.opens("/")
    guide.follows("Begin a journey", within="main")
    guide.follows(tale.name)
    guide.follows(tale.template)
    guide.fills(name=tale.participant, email=email)
    guide.presses("Create")
    walk.address = guide.page.url


def invites(walk: Walk) -> None:
    walk.guide.follows(f"Invite {walk.tale.participant}")
    walk.guide.presses("Send the invitation")
    walk.guide.sees(f"The invitation has been sent to {walk.participant.email}")


def opens_the_letter(walk: Walk) -> str:
    """The link leads to a page; opening it, twice, uses nothing up."""
    participant = walk.participant
    link = link_in(letters_to(participant.email)[-1])
    participant.opens(link)
    participant.opens_again()
    participant.sees(f"{walk.tale.guide} has invited you", "You do not need a password")
    return link


def accepts_the_invitation(walk: Walk) -> None:
    walk.participant.presses("Accept and continue")
    walk.participant.sees("Welcome. You are signed in")


def adds_a_place(walk: Walk) -> None:
    guide = walk.guide
    guide.opens("/places/")
    guide.follows("Add a place")
    guide.fills(name=walk.tale.place, details="First floor, by the lift")
    guide.page.get_by_label(re.compile("Private")).check()
    guide.presses("Save place")
    guide.sees(walk.tale.place)


def books(walk: Walk, walker: Walker, *, days: int, hour: int) -> None:
    """The next meeting, so many days after the first day of the story."""
    walker.opens(walk.room("environment/"))
    walker.follows(re.compile("^Book"), within="main")
    walker.unfolds("Choose a day and time yourself")
    form = "form:has([name=minutes])"
    walker.page.locator(f"{form} [name=place]").select_option(label=walk.tale.place)
    walker.fills(form, date=str(walk.calendar.day(days)), time=f"{hour:02}:00")
    walker.presses(walk.tale.book, within=form)
    walker.sees(f"{hour:02}:00")
