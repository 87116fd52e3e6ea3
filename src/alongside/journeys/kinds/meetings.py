"""Shapes a meeting can have besides the usual one of its template: a short check-in, a long review.

Each says the order of the four parts, their names, how long each takes and what is asked. The keys of the parts stay
the same, so that what is written in them lies where it always does.
"""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import MeetingShape, Part, Text

Named = tuple[str, Text, int, Text]
CHECK_IN, REVIEW = "check-in", "long-review"


def _parts(*parts: Named) -> tuple[Part, ...]:
    """Each given as (key, name, minutes, prompt), in the order in which the meeting goes through them."""
    return tuple(
        Part(key=key, title=title, minutes=minutes, prompt=prompt) for key, title, minutes, prompt in parts
    )


SUPERVISION = (
    MeetingShape(
        slug=CHECK_IN,
        name=_("Ten-minute check-in"),
        summary=_("Between two longer sessions: what came of it, what is in the way, what is next."),
        minutes=10,
        parts=_parts(
            ("review", _("Since last time"), 3, _("What did you try, and what came of it?")),
            (
                "issues",
                _("Anything in the way?"),
                3,
                _("One thing only. What cannot wait for the next session?"),
            ),
            (
                "direction",
                _("Still the right way?"),
                1,
                _("Which learning goal is this for? If it still fits, go on."),
            ),
            (
                "plan",
                _("Until next time"),
                3,
                _("The smallest next step, and whom you ask if it gets stuck."),
            ),
        ),
    ),
    MeetingShape(
        slug=REVIEW,
        name=_("Ninety-minute review"),
        summary=_(
            "Two or three times over the course: look at the goals, the work and the supervision itself."
        ),
        minutes=90,
        parts=_parts(
            (
                "direction",
                _("Where do we stand?"),
                25,
                _("Each learning goal beside its line. What has become easier, and what would others say?"),
            ),
            (
                "review",
                _("What we have learnt from what we did"),
                20,
                _("Which steps helped, which did not, and what does that tell about how you learn?"),
            ),
            (
                "issues",
                _("What helps us, and what is heavy for us"),
                25,
                _("How is the work, how is the supervision, and what have we not spoken of yet?"),
            ),
            (
                "plan",
                _("What we go on with, and what we change"),
                20,
                _("Read your agreement together. What stays, what changes, and what comes first?"),
            ),
        ),
    ),
)

MENTORING = (
    MeetingShape(
        slug=CHECK_IN,
        name=_("Ten-minute check-in"),
        summary=_("A short call between two meetings, to keep something moving."),
        minutes=10,
        parts=_parts(
            ("review", _("What happened?"), 3, _("You wanted to try something. How was it?")),
            ("issues", _("What surprised you?"), 3, _("What was harder or easier than you thought?")),
            ("direction", _("Does it still lead there?"), 1, _("Is it still what you want?")),
            ("plan", _("What next?"), 3, _("One thing before we speak again, and when you do it.")),
        ),
    ),
    MeetingShape(
        slug=REVIEW,
        name=_("Ninety-minute review"),
        summary=_(
            "Half-way, or when something has changed: where you wanted to go, and where you want to go now."
        ),
        minutes=90,
        parts=_parts(
            (
                "review",
                _("Looking back over the way"),
                25,
                _(
                    "What have you done since we began that you are glad of? What did you learn about yourself?"
                ),
            ),
            (
                "direction",
                _("Where do you want to go now?"),
                25,
                _("Read your goals aloud. Which are still yours, which were someone else's, which are new?"),
            ),
            (
                "issues",
                _("What helps, and what gets in the way"),
                20,
                _("Around you, in you, and in how the two of us work together."),
            ),
            (
                "plan",
                _("The next stretch"),
                20,
                _("What would you regret not having tried? What comes first, and who will notice?"),
            ),
        ),
    ),
)

TREATMENT = (
    MeetingShape(
        slug=CHECK_IN,
        name=_("Ten-minute check-in"),
        summary=_(
            "By telephone or video between two appointments: how it is, and whether the plan still fits."
        ),
        minutes=10,
        parts=_parts(
            ("review", _("How has it been?"), 3, _("What did you manage, and how was it the day after?")),
            (
                "issues",
                _("Anything that worries you?"),
                3,
                _("New, different or worse: say it first, not last."),
            ),
            ("direction", _("Still the right goal?"), 1, _("Is it still what matters most to you?")),
            (
                "plan",
                _("Until the next appointment"),
                3,
                _("What you go on with, what you leave out, when to call."),
            ),
        ),
    ),
    MeetingShape(
        slug=REVIEW,
        name=_("Ninety-minute review"),
        summary=_("After some weeks: is the treatment helping, and should it go on, change or end?"),
        minutes=90,
        parts=_parts(
            (
                "review",
                _("What the last weeks have been like"),
                20,
                _("Good days and bad days: what was different about them?"),
            ),
            (
                "direction",
                _("Is it helping?"),
                30,
                _("Look at each line from the beginning to now. Is this change one that you feel?"),
            ),
            (
                "issues",
                _("What we have not understood yet"),
                25,
                _("What does not fit? What would your family say? What are you afraid to ask?"),
            ),
            (
                "plan",
                _("Go on, change, or come to an end"),
                15,
                _("What are the choices, what speaks for each, and which one is yours?"),
            ),
        ),
    ),
)
