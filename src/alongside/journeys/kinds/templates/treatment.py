"""Ready templates for treatment. A clinician reviews a template before a service uses it with patients."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.meeting_shape import meeting_parts
from alongside.journeys.kinds.shapes import (
    FORTNIGHTLY,
    WEEKLY,
    AskedForm,
    Question,
    SuggestedTarget,
    Template,
)
from alongside.journeys.kinds.templates.health_coaching import HEALTH_COACHING
from alongside.journeys.states import AfterMissed

LOW_BACK_PAIN = Template(
    slug="low-back-pain",
    name=_("Low back pain (physiotherapy)"),
    summary=_("For adults with low back pain, new or long-standing, in a course of physiotherapy."),
    source=_(
        "Follows the usual course of an out-patient physiotherapy service: assessment, graded activity, "
        "self-management. Alongside's own wording; to be reviewed by a physiotherapist of the service before "
        "use."
    ),
    meeting_minutes=30,
    notice_hours=24,
    after_missed=AfterMissed.EMAIL,
    frequency=FORTNIGHTLY,
    planned_meetings=6,
    parts=meeting_parts(
        review=(8, _("How have the exercises and activities gone? A good day, a bad day, anything new?")),
        direction=(4, _("What can you do today that was hard at the start? What do you want next?")),
        issues=(
            12,
            _(
                "What stands in the way: pain, worry, sleep, work, time? Has anything changed that we should "
                "check?"
            ),
        ),
        plan=(6, _("What will you do until next time, how much, and what will you do on a bad day?")),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("How did your back trouble begin, and how has it been since?"),
            help=_(
                "If you have new numbness between the legs, new trouble passing water or holding your "
                "bowels, or weakness in both legs, do not wait for this appointment: go to A&E now."
            ),
        ),
        Question(
            key="needs",
            text=_("What does it stop you doing, or make hard, at home, at work and at night?"),
            rows=4,
        ),
        Question(key="aims", text=_("Name up to three things you would like to be able to do again.")),
        Question(key="tried", text=_("What have you tried, and what eases it even a little?")),
        Question(
            key="exercised",
            only_if=_("If you have done exercises for your back before"),
            text=_("Which were they, and how did your back take them?"),
            rows=2,
        ),
        Question(
            key="worries", text=_("What do you think is going on in your back? Is there something you fear?")
        ),
        Question(
            key="know",
            text=_("Other illnesses, operations, medicines, or anything that would help you feel at ease?"),
        ),
    ),
    guide_preparation=(
        Question(key="safety", text=_("Which warning signs do you need to ask about and write down?")),
        Question(key="offer", text=_("What is known so far: referral, imaging, earlier treatment?")),
        Question(
            key="frame", text=_("What does this person do all day, and what does that ask of their back?")
        ),
        Question(key="wonder", text=_("What would you like to hear before you examine?"), rows=2),
    ),
    sections={
        "purpose": _(
            "We work towards the things you want to do again. Most back pain gets better or becomes much "
            "easier to live with; moving and trusting your back are part of how it does. You try things step "
            "by step, and we adjust them together."
        ),
        "consent_treatment": _(
            "Your physiotherapist has explained what they propose: advice, exercises, and hands-on treatment "
            "if we both think it useful. You may be sore for a day or two after new exercises; serious harm "
            "is rare, and you know which warning signs need help at once. Other choices, one of which is to "
            "wait, have been talked about. You agree to begin, and may say no to any part at any time."
        ),
        "measures": _(
            "At every appointment you rate your pain from 0 to 10 and how well you can do up to three "
            "activities that you chose yourself. You see the line from the start to now. The scores stay "
            "within the team."
        ),
        "safety_signs": _(
            "Go to A&E at once with: new numbness between the legs or round the back passage; new trouble "
            "passing water, or leaking; loss of bowel control; weakness or numbness in both legs.\n"
            "Contact your GP or NHS 111 with: fever, unexplained weight loss, or pain that gets worse and "
            "worse at night."
        ),
        "safety_emergency": _(
            "In an emergency: 999 or A&E. Urgent advice: NHS 111. Samaritans: 116 123, day and night.\n"
            "If I write or tick something that gives cause for worry, my physiotherapist is told at once and "
            "reads it in opening hours. If they cannot, a colleague does. Nobody is watching Alongside at other "
            "times."
        ),
    },
    suggested_needs=(
        _("Bending and lifting without fear"),
        _("Sitting or standing long enough for my work"),
        _("Sleeping through the night"),
        _("Knowing what to do when it flares up"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I can do again the activity that matters most to me"), "psfs"),
        SuggestedTarget(_("Pain at its usual level over the last week troubles me less"), "pain-0-10"),
        SuggestedTarget(_("I can walk without stopping for this long"), "minutes"),
        SuggestedTarget(_("I lift what my day asks of me, and trust my back with it"), "gas"),
    ),
    first_steps=(
        _("Walk for ten minutes every day, also on a bad day, then as far as feels right"),
        _("Do the two exercises from today twice a day, and note how the back feels the next morning"),
        _("Get up and move for a minute every half hour at work"),
    ),
)

TALKING_THERAPY = Template(
    slug="talking-therapy",
    name=_("Talking therapy"),
    summary=_(
        "For adults with low mood, worry or stress, in a weekly course with a therapist or counsellor."
    ),
    source=_(
        "Follows the usual course of time-limited talking therapy with measures at every appointment. "
        "Alongside's own wording; to be reviewed by a therapist of the service before use, the safety plan "
        "above all."
    ),
    meeting_minutes=50,
    notice_hours=48,
    after_missed=AfterMissed.CALL,
    frequency=WEEKLY,
    planned_meetings=12,
    may_be_low=True,
    asked_forms=(AskedForm("phq-9"), AskedForm("gad-7")),
    parts=meeting_parts(
        review=(
            10,
            _("How has the week been? What became of what you meant to try, and what did you notice?"),
        ),
        direction=(5, _("What do your answers show since the start, and does it fit how it feels to you?")),
        issues=(27, _("What matters most to talk about today?")),
        plan=(
            8,
            _(
                "What do you take with you, what will you try, and how will you be kind to yourself if it is "
                "hard?"
            ),
        ),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("What has brought you here now?"),
            help=_("As much or as little as you like. Your therapist sees it only when you send it."),
        ),
        Question(
            key="needs",
            text=_("How does it show in your days: sleep, work, people, things you used to enjoy?"),
            rows=4,
        ),
        Question(key="aims", text=_("If this helps, what would you, or someone close to you, notice first?")),
        Question(
            key="tried", text=_("What has helped you through hard times before? Have you had therapy before?")
        ),
        Question(
            key="therapy_before",
            only_if=_("If you have had therapy before"),
            text=_("What was good about it, and what would you want to be different?"),
        ),
        Question(key="worries", text=_("Is there anything you would rather not be asked about yet?"), rows=2),
        Question(
            key="know",
            text=_("What would make it easier for you to talk?"),
            help=_("For example where you sit, an interpreter, or the time of day."),
        ),
    ),
    guide_preparation=(
        Question(
            key="safety",
            text=_("What do you know about risk, and what must you ask in the first appointment?"),
        ),
        Question(
            key="offer",
            text=_("Which way of working do you have in mind, and what would be the other choices?"),
        ),
        Question(
            key="frame",
            text=_("Who covers when you are away, and who reads an answer that worries you, and when?"),
        ),
        Question(
            key="wonder",
            text=_("What might make it hard for this person to come, and what would make it easier?"),
        ),
    ),
    sections={
        "time": _(
            "We meet once a week for 50 minutes, at the same time, and plan for twelve appointments. After "
            "the sixth we look together at whether it is helping and whether to go on, change something, or "
            "look elsewhere."
        ),
        "consent_treatment": _(
            "Your therapist has explained how they work, what good it may do, and that it can feel harder "
            "for a while before it feels easier. Other choices, such as another therapy, medicine through "
            "your GP, or waiting, have been talked about. You agree to begin. You need not talk about "
            "anything before you want to, and you may stop at any time."
        ),
        "measures": _(
            "Before each appointment you answer two short questionnaires about mood and worry, and say how "
            "far you are with your goals. You see every score. They help us notice early if therapy is not "
            "helping. A score is not a diagnosis."
        ),
        "safety_emergency": _(
            "Day and night: Samaritans 116 123. Urgent: NHS 111, the mental health option. In danger: 999 or "
            "A&E.\n"
            "If I tick that I have had thoughts of being better off dead or of hurting myself, I see these "
            "numbers at once. My therapist is told at once and reads it in opening hours. If they cannot, a "
            "colleague does. Nobody is watching Alongside at other times."
        ),
        "review": _(
            "After the sixth appointment we look at this agreement, your goals and your scores together. We "
            "ask: is it helping, is it still about what matters to you, and is there a better way? You may "
            "ask for it sooner."
        ),
        "ending": _(
            "We know from the start that this ends, and speak of it from half-way on. The last two "
            "appointments are for looking back, for what you take with you, and for early signs and what you "
            "do then. You may stop sooner; please come once more to say goodbye. If you need something else, "
            "we help you to find it."
        ),
    },
    suggested_needs=(
        _("Getting through the day without feeling so low"),
        _("Worrying less about things I cannot change"),
        _("Being with people again"),
        _("Being less hard on myself"),
    ),
    suggested_targets=(
        SuggestedTarget(_("My mood lifts enough for everyday life"), "phq-9"),
        SuggestedTarget(_("Worry takes up less of my day"), "gad-7"),
        SuggestedTarget(
            _("I do again what I used to enjoy, even when I do not feel like it at first"), "rating-0-10"
        ),
        SuggestedTarget(_("I answer friends instead of going quiet"), "gas"),
    ),
    first_steps=(
        _("Write down, three evenings this week, one thing that was a little easier and what was different"),
        _("Do one small thing a day that I used to enjoy, for ten minutes"),
        _("Tell one person that I have begun"),
    ),
)

ACUPUNCTURE_COURSE = Template(
    slug="acupuncture-course",
    name=_("Course of acupuncture treatment"),
    summary=_(
        "For adults who come for a course of acupuncture with a clear aim and a date to see whether it helps."
    ),
    source=_(
        "Follows the usual course in practice: case history, weekly treatment, a review after the fourth, "
        "then further apart. Alongside's own wording; to be reviewed by an acupuncturist of the practice "
        "before use."
    ),
    meeting_minutes=45,
    notice_hours=24,
    after_missed=AfterMissed.EMAIL,
    frequency=WEEKLY,
    planned_meetings=8,
    parts=meeting_parts(
        review=(
            8,
            _("How were the day after treatment and the days since? What has changed, even slightly?"),
        ),
        direction=(4, _("How are the things you came for, and how are you altogether?")),
        issues=(25, _("What needs attention today? Then treatment, with time to rest.")),
        plan=(8, _("What will you try at home, and what shall we look out for until next time?")),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("What would you like treatment for, and how long have you had it?"),
            help=_(
                "If it is new, severe or getting worse, please see your GP as well; we are glad to work "
                "beside them."
            ),
        ),
        Question(key="needs", text=_("When is it at its worst, and what does it keep you from?"), rows=4),
        Question(key="aims", text=_("How would you know that treatment is worth going on with?")),
        Question(key="general", text=_("How are your sleep, appetite, energy and mood?")),
        Question(
            key="safety",
            text=_("Is there anything we need to know before using needles?"),
            help=_(
                "For example pregnancy, a bleeding disorder or blood-thinning medicine, a pacemaker, "
                "epilepsy, a metal allergy, fainting, or fear of needles."
            ),
        ),
        Question(
            key="know",
            text=_("What other treatment or medicine are you having, and who knows that you come here?"),
        ),
    ),
    guide_preparation=(
        Question(
            key="safety",
            text=_("Is there a reason not to needle, to needle with care, or to ask the GP first?"),
        ),
        Question(key="offer", text=_("What can you honestly say about how likely it is to help with this?")),
        Question(
            key="expect",
            text=_("After how many treatments should a change show, and what will you do if it does not?"),
        ),
        Question(
            key="wonder",
            text=_("What would you like to hear in the patient's own words before you begin?"),
            rows=2,
        ),
    ),
    sections={
        "time": _(
            "The first appointment lasts an hour, the others 45 minutes. We begin with one a week. After the "
            "fourth we look together at whether it helps; if it does, we go on for up to four more, further "
            "apart if we can."
        ),
        "working_together": _(
            "You tell what has changed; your acupuncturist asks, looks at tongue and pulse, and treats. You "
            "lie or sit in comfort and undress only as far as is needed and you wish. You can ask for a "
            "needle to be taken out at any moment. Please eat something beforehand, and do not stop any "
            "medicine without asking your doctor."
        ),
        "consent_treatment": _(
            "Your acupuncturist has explained that fine, sterile needles are used once only; that a dull "
            "ache, a small bruise, drowsiness or light-headedness are common and pass; that serious harm is "
            "rare; and what is known, and not known, about how far it helps with your complaint. Other "
            "choices have been talked about. You agree to begin, and may say no to any part, such as moxa, "
            "cupping or massage, at any time."
        ),
        "measures": _(
            "Before each treatment you rate what you came for from 0 to 10. At the start, after the fourth "
            "treatment and at the end we also look at what you can do. If nothing has changed by the review, "
            "we say so and think again."
        ),
        "review": _(
            "We look at this agreement after the fourth treatment: is there a change that matters to you? If "
            "not, we change the treatment, or stop, or think about who else could help."
        ),
    },
    suggested_needs=(
        _("Having fewer and milder headaches"),
        _("Moving my neck and shoulders freely"),
        _("Sleeping through and waking rested"),
        _("Feeling calmer, with more strength for the day"),
    ),
    suggested_targets=(
        SuggestedTarget(_("Pain at its usual level over the last week troubles me less"), "pain-0-10"),
        SuggestedTarget(_("I have fewer days with a headache in four weeks"), "gas"),
        SuggestedTarget(_("I do again an activity that I had given up"), "psfs"),
        SuggestedTarget(_("I wake up rested"), "rating-0-10"),
    ),
    first_steps=(
        _("Keep a line a day about sleep, pain and what I was doing before it came"),
        _("Rest for half an hour after treatment and drink a glass of water"),
        _("Put the phone away an hour before bed on four evenings this week"),
    ),
)

TEMPLATES = (LOW_BACK_PAIN, TALKING_THERAPY, ACUPUNCTURE_COURSE, HEALTH_COACHING)
