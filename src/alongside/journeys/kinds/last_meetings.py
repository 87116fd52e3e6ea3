"""The shape of the last meeting, kind by kind: the four parts of every meeting, turned towards the end.

Then and now, what is still open, what it has brought and what helped, who goes on helping, what is taken along, thanks:
each part says which page of the ending it is done on, where what both have prepared is finished together.
"""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import MeetingShape, Part

LAST = "last"

THEN_AND_NOW, LOOKING_BACK, TAKING, SUPPORT, CLOSING = (
    "then_and_now",
    "looking_back",
    "taking_with_me",
    "support",
    "closing",
)

SUPERVISION = MeetingShape(
    slug=LAST,
    name=_("Last session"),
    summary=_("The end of it: then and now, what it has brought, who goes on helping, what is taken along."),
    minutes=60,
    parts=(
        Part(
            key="direction",
            title=_("Then and now"),
            minutes=15,
            prompt=_(
                "Lay the first picture beside today's. What has moved, what has not, what surprises you?"
            ),
            ending=(THEN_AND_NOW,),
        ),
        Part(
            key="review",
            title=_("What is still open, and what it has brought"),
            minutes=20,
            prompt=_(
                "Go through the steps that are left: done, handed on, or let go. Then read each other how it has gone: what "
                "helped the learning, and what did not?"
            ),
            ending=(LOOKING_BACK,),
        ),
        Part(
            key="issues",
            title=_("Who goes on helping"),
            minutes=10,
            prompt=_("Who supervises next, and with whom will you think aloud until then?"),
            ending=(SUPPORT,),
        ),
        Part(
            key="plan",
            title=_("What is taken along, and thanks"),
            minutes=15,
            prompt=_(
                "Three things to keep, and one “when … I will …” that would really happen. Then say thank you, and for what."
            ),
            ending=(TAKING, CLOSING),
        ),
    ),
)

MENTORING = MeetingShape(
    slug=LAST,
    name=_("Last meeting"),
    summary=_("The end of it: then and now, what it has brought, who goes on helping, what is taken along."),
    minutes=60,
    parts=(
        Part(
            key="direction",
            title=_("Then and now"),
            minutes=15,
            prompt=_(
                "Where did you want to go when we began? Where are you, and is it where you want to be?"
            ),
            ending=(THEN_AND_NOW,),
        ),
        Part(
            key="review",
            title=_("What it has brought, and what is still open"),
            minutes=20,
            prompt=_(
                "Read each other how it has gone, from both chairs. What is begun and not finished, and does it still matter?"
            ),
            ending=(LOOKING_BACK,),
        ),
        Part(
            key="issues",
            title=_("Who is with you from here"),
            minutes=10,
            prompt=_("Whom will you ask what you would have asked here? When do you speak to them first?"),
            ending=(SUPPORT,),
        ),
        Part(
            key="plan",
            title=_("What is taken along, and thanks"),
            minutes=15,
            prompt=_("What do you know about yourself now? What each of you is thankful for, said aloud."),
            ending=(TAKING, CLOSING),
        ),
    ),
)

TREATMENT = MeetingShape(
    slug=LAST,
    name=_("Last appointment"),
    summary=_("The end of it: then and now, what helped, who goes on helping, what to do if it comes back."),
    minutes=45,
    parts=(
        Part(
            key="direction",
            title=_("Then and now"),
            minutes=12,
            prompt=_("Lay the first day beside today. Is this a change that you feel, and is it enough?"),
            ending=(THEN_AND_NOW,),
        ),
        Part(
            key="review",
            title=_("What helped, and what is still open"),
            minutes=13,
            prompt=_(
                "What did you do that made the difference? Which exercise or habit stays, which can go, what is not better?"
            ),
            ending=(LOOKING_BACK,),
        ),
        Part(
            key="issues",
            title=_("Who goes on helping"),
            minutes=8,
            prompt=_("Who is near, who knows how it was, and where do you turn if it comes back?"),
            ending=(SUPPORT,),
        ),
        Part(
            key="plan",
            title=_("What is taken along, and goodbye"),
            minutes=12,
            prompt=_(
                "The early signs, what you do first, when you get in touch. Then say goodbye, in your own way."
            ),
            ending=(TAKING, CLOSING),
        ),
    ),
)
