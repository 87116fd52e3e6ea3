"""What an ending has to speak of before it closes, kind by kind, and what the last meeting is made of.

What remains is asked of everybody. A treatment says how it stands at discharge, what to do if it comes back and where
one goes on; a supervision, to whom the people in one's care go and that one's own notes name nobody.
"""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import Matter

REMAINS = "remains"

PARTS = {
    "then_and_now": _("Then and now"),
    "looking_back": _("How it has gone"),
    "taking_with_me": _("What I take with me"),
    "support": _("On-going support"),
    "closing": _("Closing"),
}
"""The parts of an ending to which a last meeting leads."""


def _remains(*before: Matter) -> tuple[Matter, ...]:
    """What stands at the end of every list."""
    last = Matter(
        key=REMAINS,
        title=_("What remains"),
        text=_("What is not finished, what is handed on, and what do you wish each other?"),
        help="",
        required=True,
        settled=_("Nothing remains"),
        in_keepsake=True,
    )
    return (*before, last)


SUPERVISION = _remains(
    Matter(
        key="handed_over",
        title=_("Hand-over"),
        text=_("To whom do the people go who were cared for, and what has been said to them?"),
        help=_("Without names: who takes over, from when, and that they know."),
        required=False,
        settled=_("There is no one to hand over"),
        in_keepsake=False,
    ),
    Matter(
        key="identifiers",
        title=_("Own notes"),
        text=_("Do any of your own notes still name someone?"),
        help=_(
            "Names, dates of birth and addresses of the people in your care are not passed on. "
            "What still has to be cleared?"
        ),
        required=False,
        settled=_("They no longer name anyone"),
        in_keepsake=False,
    ),
)

MENTORING = _remains()

TREATMENT = _remains(
    Matter(
        key="discharge",
        title=_("Summary at discharge"),
        text=_("What was it about, what was done, and how does it stand today?"),
        help=_("In words you could show to someone else who helps. It goes into the keepsake."),
        required=True,
        settled="",
        in_keepsake=True,
    ),
    Matter(
        key="return_plan",
        title=_("If it comes back"),
        text=_(
            "If it comes back or gets worse: what is to be done first, and when is it time to get in touch, with whom?"
        ),
        help=_("In plain words, to be found again on a bad day. It goes into the keepsake."),
        required=True,
        settled=_("No such plan is needed"),
        in_keepsake=True,
    ),
    Matter(
        key="referral",
        title=_("Where it goes on"),
        text=_("Is there a referral? To whom, what for, who writes there, and how long may it take?"),
        help=_(
            "A referral that was agreed, also one that is still to be written. It goes into the keepsake."
        ),
        required=True,
        settled=_("No referral is needed"),
        in_keepsake=True,
    ),
)
