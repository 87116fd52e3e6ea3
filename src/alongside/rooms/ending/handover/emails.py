"""Letters of a hand-over. They name neither the kind of care nor any words."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.emails import write_to
from alongside.people.emails import email_kind
from alongside.people.models import Person

from .queries import HandoverFacts

PROPOSED = email_kind("hand-over proposed")
ASKED = email_kind("hand-over, to who is asked")
GOES_ON_FOR_PARTICIPANT = email_kind("hand-over accepted, to the participant")
GOES_ON_FOR_GUIDE = email_kind("hand-over accepted, to the guide")
DECLINED = email_kind("hand-over declined")
LET_GO = email_kind("hand-over let go")


def tell_of_proposal(facts: HandoverFacts, *, whom: Person) -> None:
    handover = facts.handover

    def compose() -> tuple[str, str]:
        text = _(
            "%(by)s proposes that %(to)s takes over what you and %(guide)s started together. "
            "Nothing changes until you have both agreed to a summary of where you are, and have "
            "chosen what is passed on:\n\n%(link)s"
        )
        if whom.id == facts.guide.person.id:
            text = _(
                "%(by)s proposes that %(to)s takes over what you started together. Nothing changes "
                "until you have both agreed to a summary of where you are:\n\n%(link)s"
            )
        if handover.without_guide:
            text = _(
                "%(guide)s no longer works here. %(by)s has asked %(to)s to continue with you. You "
                "choose which of your words are passed on, and say yes or no here:\n\n%(link)s"
            )
        return _("Continuing with %(to)s") % _named(facts), text % _named(facts)

    write_to(PROPOSED, whom, compose)


def tell_who_is_asked(facts: HandoverFacts) -> None:
    link = settings.PUBLIC_URL + reverse("asked:asked", args=[facts.handover.id])

    def compose() -> tuple[str, str]:
        text = _(
            "You are asked to take over from %(guide)s, and to continue with %(participant)s. "
            "Please read what you need to know, then say yes or no:\n\n%(there)s"
        )
        return _("Will you take over from %(guide)s?") % _named(facts), text % {
            **_named(facts),
            "there": link,
        }

    write_to(ASKED, facts.handover.to, compose)


def tell_it_goes_on(facts: HandoverFacts) -> None:
    """Both are told; the participant with the way to where it goes on."""
    onward = f"{settings.PUBLIC_URL}/journeys/{facts.handover.led_to_id}/"

    def to_participant() -> tuple[str, str]:
        text = _("%(to)s has said yes, and continues with you from where you are:\n\n%(there)s")
        return _("You continue with %(to)s") % _named(facts), text % {**_named(facts), "there": onward}

    def to_guide() -> tuple[str, str]:
        text = _(
            "%(to)s has said yes, and continues with %(participant)s. You can still read what "
            "you could read before:\n\n%(link)s"
        )
        return _("%(to)s continues with %(participant)s") % _named(facts), text % _named(facts)

    write_to(GOES_ON_FOR_PARTICIPANT, facts.participant.person, to_participant)
    write_to(GOES_ON_FOR_GUIDE, facts.guide.person, to_guide)


def tell_it_is_declined(facts: HandoverFacts) -> None:
    def compose() -> tuple[str, str]:
        text = _("%(to)s cannot take over. Nothing has changed, and you can ask someone else:\n\n%(link)s")
        return _("%(to)s cannot take over") % _named(facts), text % _named(facts)

    write_to(DECLINED, facts.guide.person, compose)
    write_to(DECLINED, facts.participant.person, compose)


def tell_it_is_let_go(facts: HandoverFacts, *, whom: Person, by: Person) -> None:
    def compose() -> tuple[str, str]:
        text = _("%(who)s would prefer not to hand over to %(to)s. Nothing changes:\n\n%(link)s")
        return _("Nothing changes"), text % {**_named(facts), "who": by.name}

    write_to(LET_GO, whom, compose)


def _named(facts: HandoverFacts) -> dict[str, str]:
    link = settings.PUBLIC_URL + reverse("handover:handover", args=[facts.handover.journey_id])
    return {
        "by": facts.handover.by.name,
        "to": facts.handover.to.name,
        "guide": facts.guide.name,
        "participant": facts.participant.name,
        "link": link,
    }
