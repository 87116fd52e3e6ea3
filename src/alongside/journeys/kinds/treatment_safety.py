"""The safety plan of a treatment: a field for each thing one needs to find at a hard moment."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import MAY_BE_CALLED, PEOPLE, WITHIN, Section

PLAN = _("If things get worse: your safety plan")

SAFETY_PLAN = (
    Section(
        key="safety_signs",
        group=PLAN,
        title=_("Signs that things are getting worse"),
        prompt=_("What do you, or people close to you, notice first?"),
        required=True,
        personal=True,
        covers=("risk_plan",),
        example=_("I stop answering messages. I sleep in my clothes. Everything feels like my fault."),
    ),
    Section(
        key="safety_helps",
        group=PLAN,
        title=_("What helps me, and what I can do myself"),
        prompt=_("What has helped you through an hour like that before? What makes your surroundings safer?"),
        required=True,
        personal=True,
        covers=("risk_plan",),
        example=_(
            "Walk to the river and back. Put the radio on. Give the tablets to my sister to look after."
        ),
    ),
    Section(
        key="safety_keeps",
        group=PLAN,
        title=_("What keeps me here"),
        prompt=_("People, animals, plans, beliefs: what do you want to be there for?"),
        required=True,
        personal=True,
        if_low=True,
        covers=("risk_plan",),
        example=_("My daughter’s wedding in June. The dog, who waits at the door."),
    ),
    Section(
        key="safety_people",
        group=PLAN,
        title=_("People I can call, with their numbers"),
        prompt=_(
            "One person on each line, with a telephone number. Samaritans, 116 123, can be one of them."
        ),
        required=True,
        personal=True,
        telephones=PEOPLE,
        at_least=1,
        covers=("risk_plan",),
        example=_("Anna, my sister, 01632 960 101\nSamaritans, day and night, 116 123"),
    ),
    Section(
        key="safety_called",
        group=PLAN,
        title=_("Who may be called for me"),
        prompt=_(
            "Whom may the service call if it is worried about you? One person on each line, with a telephone "
            "number. If there is no one, write that."
        ),
        required=True,
        personal=True,
        telephones=MAY_BE_CALLED,
        covers=("risk_plan",),
        example=_("My husband Tom, 01632 960 102"),
    ),
    Section(
        key="safety_emergency",
        group=PLAN,
        title=_("In an emergency, and who reads a worrying answer"),
        prompt=_("Write whom to call at once, and who reads an answer that causes worry, and when."),
        required=True,
        telephones=WITHIN,
        covers=("risk_plan",),
        example=_(
            "In an emergency: 999 or A&E. Urgent advice: NHS 111. Samaritans: 116 123, day and night.\n"
            "If I write or tick something that gives cause for worry, my clinician is told at once and reads it in "
            "opening hours. If they cannot, a colleague does. Nobody is watching Alongside at other times, so I use "
            "the numbers above."
        ),
    ),
)
