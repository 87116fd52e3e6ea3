"""What a participant is told before the first meeting, kind by kind: what it is for, what to expect, what to bring."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import BeforeFirst

SUPERVISION = BeforeFirst(
    purpose=_("You get to know each other, say what you want to learn, and agree how supervision will work."),
    expect=(
        _("You talk about your work or placement, and about what you can do already."),
        _("Your supervisor tells you how feedback works, and what is assessed by whom."),
        _("You agree what stays between you, and what would have to be passed on."),
        _("You choose one or two goals and a small first step."),
    ),
    bring=(
        _("What your course or employer asks of supervision, if there is a form or a handbook."),
        _("Feedback from before that you would like to build on."),
        _("A situation from your work that you would like to talk about, without names."),
        _("Your diary, so that you can book the next session."),
    ),
)

MENTORING = BeforeFirst(
    purpose=_("You get to know each other and decide what mentoring will be about."),
    expect=(
        _("You talk about where you are now, and about what you would like to think through."),
        _("You agree how often you meet, and what stays between you."),
        _("You choose one or two goals and a small first step."),
        _("No one marks or assesses you. You decide what you talk about."),
    ),
    bring=(
        _("A question or a decision that is on your mind."),
        _("Something that shows what you do, if you like: a plan, a piece of work, a job advert."),
        _("Your diary, so that you can book the next session."),
    ),
)

TREATMENT = BeforeFirst(
    purpose=_(
        "Your clinician gets to know you and what you need. Together you agree what you would like to be "
        "able to do, and what happens next."
    ),
    expect=(
        _("You talk about what brings you and how it affects your days. Say only as much as you wish."),
        _(
            "Your clinician may suggest an examination or some questions to answer. They explain it first, "
            "and you can say no."
        ),
        _("Together you choose one or two goals and a small first step."),
        _("You write down what you can count on from each other."),
        _("You can bring someone with you, and you can ask for a break at any time."),
    ),
    bring=(
        _("A list of the medicines you take."),
        _("Hospital papers or test results about what you come for, if you have any."),
        _("Glasses, hearing aids, or anything else that helps you to talk and move with ease."),
        _("Comfortable clothes, if you may be examined."),
        _("Your own questions. It helps to write them down."),
    ),
)
