"""What a patient and a clinician agree before treatment; apart from treatment.py only because it is long."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import Section
from alongside.journeys.kinds.treatment_safety import SAFETY_PLAN

AGREEMENT = (
    Section(
        key="purpose",
        title=_("What treatment is for"),
        prompt=_("Say in a few sentences what the patient hopes for, and how treatment is expected to help."),
        required=True,
        covers=("purpose",),
        example=_(
            "We work together on what matters to you in daily life. You know your body and your days; your "
            "clinician knows what can help with problems like yours. We try things, look honestly at what "
            "they do, and change the plan when it does not help."
        ),
    ),
    Section(
        key="time",
        title=_("How often, how long, how many"),
        prompt=_(
            "Say how long appointments are, how often, roughly how many, and when you look at it together."
        ),
        required=True,
        covers=("time",),
        example=_(
            "Appointments last 30 minutes, every two weeks, and we plan for six. The time is yours: we begin "
            "when we said we would and are not interrupted. If we see earlier that you no longer need us, we "
            "stop earlier."
        ),
    ),
    Section(
        key="place",
        title=_("Where we meet, and who books it"),
        prompt=_("Name the place, say how private it is and how one gets in, and who books it."),
        required=True,
        covers=("place",),
        example=_(
            "We meet behind a door that closes. It can be reached without steps. The clinic books "
            "the place and tells you in good time if it changes. You may bring someone with you. If we meet "
            "by phone or video, each of us makes sure that nobody else can hear unless you want them to."
        ),
    ),
    Section(
        key="working_together",
        title=_("How we work together"),
        prompt=_(
            "Say what happens in an appointment, what each of you does and prepares, and what matters to you."
        ),
        required=False,
        covers=("form", "methods", "responsibilities", "expectations", "history"),
        example=_(
            "You tell what has changed and what matters today; your clinician listens, examines where that "
            "is needed and you agree, explains, and says what they do not know. Between appointments you try "
            "the steps we chose and note how it went; a bad week is worth knowing about too. You may say at "
            "any time that something does not suit you. We have talked about earlier treatment, and about "
            "your wishes and beliefs."
        ),
    ),
    Section(
        key="consent_treatment",
        title=_("Consent to treatment"),
        prompt=_(
            "Write what treatment is proposed, its likely benefits and risks, the other choices, and the "
            "answer."
        ),
        required=True,
        covers=("consent_treatment",),
        example=_(
            "Your clinician has explained what they propose, what good it may do and how likely "
            "that is. They have also explained the risks, the common after-effects and the other "
            "choices, one of which is to do nothing. You have had time to ask. You agree to "
            "begin. You will be asked again before anything new, and you may stop or say no at "
            "any time without it counting against you."
        ),
    ),
    Section(
        key="consent_records",
        title=_("Consent to shared notes"),
        prompt=_("Write what notes are stored in Alongside, who may see them, and the answer."),
        required=True,
        covers=("consent_records",),
        example=_(
            "You agree that you and your clinician write shared notes of your goals, steps and "
            "measures in Alongside, and that you can both read them. You have been told who else "
            "may see which part. You may withdraw this at any time; you will still be treated, "
            "and the clinic keeps its own record as the law asks."
        ),
    ),
    Section(
        key="consent_messages",
        title=_("Consent to messages"),
        prompt=_(
            "Write whether reminders and messages may be sent, to which address, and what they may say."
        ),
        required=True,
        covers=("consent_messages",),
        example=_(
            "You agree to reminders by email at the address you gave us. They name the date and "
            "time but not what you are treated for. You may stop them at any time. If you would "
            "rather not have any, we write here: no messages."
        ),
    ),
    Section(
        key="confidentiality",
        title=_("What stays between us, and what cannot"),
        prompt=_("Say what stays private, what is shared with whom, and who may hear it without names."),
        required=True,
        covers=("confidentiality",),
        example=_(
            "What you tell us stays within the team that looks after you. With your agreement we write to "
            "your GP. Your clinician has supervision too and may speak there about questions in their work, "
            "never with your name. If you or someone else is in serious danger, or the law asks it, we have "
            "to tell those who can help; whenever it is safe to, we tell you first."
        ),
    ),
    *SAFETY_PLAN,
    Section(
        key="concerns",
        title=_("Safeguarding, complaints, and if this goes badly"),
        prompt=_(
            "Say what happens with a worry about someone's safety, and how to complain or change clinician."
        ),
        required=True,
        covers=("safeguarding",),
        example=_(
            "If we learn that a child or an adult is being harmed or neglected, we must act on it, and tell "
            "you when that is safe. If you are unhappy with your treatment, please tell your clinician or "
            "the clinic's manager; you may ask for another clinician, and you will be told how to make a "
            "complaint. If either of us cannot keep to this agreement, we talk about it before anything else "
            "is decided."
        ),
    ),
    Section(
        key="records",
        title=_("Records and data protection"),
        prompt=_(
            "Say where the legal clinical record is stored, what is in Alongside, how long, and "
            "on what basis."
        ),
        required=True,
        covers=("records", "data_protection", "legal_record"),
        example=_(
            "The clinic keeps your legal clinical record in its own records system. Alongside is "
            "a companion to it: your goals, steps, measures and what we agreed, written by both "
            "of us. The clinic is responsible for both and keeps them for as long as the law "
            "asks for health records. You may ask to see, correct or copy what is held about "
            "you, and ask who has opened it. Private notes are read by their author alone."
        ),
    ),
    Section(
        key="cancelling",
        title=_("Cancelling, being late, and contact between appointments"),
        prompt=_(
            "Say how to cancel, what happens with a missed appointment, how to reach you, and who covers."
        ),
        required=True,
        covers=("cancelling",),
        example=_(
            "Please tell us as early as you can if you cannot come, so that someone else can have the "
            "time. If you are late, we use the time that is left. After two missed appointments without a "
            "word we ask whether you want to go on. Between appointments you can call the clinic in its "
            "opening hours. When your clinician is away, a named colleague stands in."
        ),
    ),
    Section(
        key="measures",
        title=_("How we will see whether it helps"),
        prompt=_("Say which measures you use, how often, and who sees the scores."),
        required=True,
        covers=("measures",),
        example=_(
            "At the start and at every second appointment we look at how far you are with each goal, and at "
            "one or two short measures. You see every score and what it means. A score is not a diagnosis "
            "and does not decide anything by itself. Your clinician sees the scores; nobody outside the team "
            "does without your agreement."
        ),
    ),
    Section(
        key="standing",
        title=_("Who I am, and what it costs"),
        prompt=_(
            "Give the clinician's register and number, insurance and code, and the fee if there is one."
        ),
        required=False,
        covers=("registration", "ethics", "fee"),
        example=_(
            "Your clinician is registered with their professional body under the number given here, is "
            "insured, and follows its code. Treatment in this service is free; if there is a fee, it is "
            "written here, with what is charged for a late cancellation."
        ),
    ),
    Section(
        key="review",
        title=_("When we look at this agreement again"),
        prompt=_(
            "Give the date of the next review, and say how you will judge whether the agreement is working."
        ),
        required=True,
        covers=("review_date", "evaluation"),
        example=_(
            "We look at this agreement and your goals again at the third appointment. We ask: is it helping, "
            "is it still about what matters to you, and is there a better way? You may ask for it sooner."
        ),
    ),
    Section(
        key="ending",
        title=_("How it ends"),
        prompt=_("Say when treatment is planned to end, how it can end sooner, and what comes afterwards."),
        required=True,
        covers=("ending",),
        example=_(
            "We plan to finish after the agreed number of appointments. In the last one we look "
            "at where you started and where you are now. You take a plan home for keeping well "
            "and for what to do if it comes back. You may stop at any time; we would like to "
            "hear why. If you need other help, we refer you on and tell you how long it may "
            "take. If your clinician thinks treatment should stop, they say so at least one "
            "appointment before."
        ),
    ),
)
