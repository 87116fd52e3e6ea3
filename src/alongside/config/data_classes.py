"""Which class of data each field of each table belongs to, why, and what protects it: written into the reference pages.

What a field is by its type needs no line here: sealed words, keys to other rows, moments, states. Every other one is
named in `NAMED`; a new field without a class fails a test, so that nobody adds what identifies a person by the way.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import models

from alongside.kernel.encryption import SealedTextField

AT_REST = "files of mode 0600 in a home of mode 0700; backups are one encrypted file"


@dataclass(frozen=True, slots=True)
class DataClass:
    name: str
    reason: str
    protection: str


WORDS = DataClass(
    "words",
    "written by a person, or naming one",
    "sealed with the keyring (AES-256-GCM), bound to table, column and row; read through one table of who may read what",
)
LINK = DataClass(
    "link", "which row belongs to which; an id says nothing by itself", f"no name beside it; {AT_REST}"
)
MOMENT = DataClass(
    "moment",
    "when something was or is to be; asked for in order",
    f"no name beside it; {AT_REST}",
)
STATE = DataClass(
    "state", "where something stands; rules ask for it in the database", f"no name beside it; {AT_REST}"
)
FIGURE = DataClass(
    "figure of care",
    "a reading, total, rating or safety flag: rules, lines and figures are worked out from it in the database",
    f"no name beside it; {AT_REST}; who opens it is recorded",
)
FACT = DataClass(
    "fact of care",
    "what is done: which kind, measure, number, length, order; counted and asked for in the database",
    f"no name beside it; {AT_REST}",
)
CONTACT = DataClass(
    "contact",
    "signs somebody in, or has to be looked for: an address can't be found when it is sealed anew each time",
    f"{AT_REST}; shown to administrators and to who meets the person; never in logs",
)
SERVICE = DataClass("service", "the organisation's own details and settings; no person's", AT_REST)
WISH = DataClass(
    "setting", "how somebody wants to be shown times, reminded, booked; which roles they have", AT_REST
)
PROOF = DataClass(
    "proof",
    "the hash of a secret, or a secret sealed with the keyring: it proves and opens nothing by itself",
    AT_REST,
)
TRACE = DataClass(
    "trace",
    "who did and opened what; facts and ids, never words",
    f"append-only by triggers, sealed in a chain of blocks; {AT_REST}",
)
WORK = DataClass(
    "work",
    "what the worker has to do or did; tokens and whole emails in it are sealed",
    f"ids alone; {AT_REST}",
)

NAMED: dict[DataClass, dict[str, str]] = {
    FIGURE: {
        "goals.TargetWording": "baseline aim importance difficulty",
        "goals.Reading": "value",
        "goals.FilledForm": "total safety",
        "goals.FindingAnswer": "level beside numbers",
        "goals.SafetyNotice": "total",
        "room_first_meeting.PictureEntry": "rating",
        "room_sessions.MeetingRecord": "safety_raised",
        "room_sessions.MeetingFeedback": "matters plan listened next_step",
        "room_sessions.Reflection": "listening asking agreeing focusing ending",
        "room_ending.FollowUpValue": "value",
    },
    FACT: {
        "journeys.Journey": "kind template meeting_minutes every_days planned_meetings notice_hours first_number",
        "journeys.Cover": "in_an_emergency",
        "journeys.Words": "place box version kept_beside",
        "journeys.WordsVersion": "version beside",
        "goals.Need": "position",
        "goals.Target": "position",
        "goals.TargetWording": "number measure measure_version",
        "goals.Reading": "measure_version meeting_number",
        "goals.Step": "planned_in times_a_week position",
        "goals.StepStateRecord": "reviewed_in",
        "goals.FilledForm": "instrument measure_version",
        "goals.FormSchedule": "instrument every in_keepsake",
        "goals.FindingAnswer": "rule subject rests_on bounds_version closes",
        "goals.SafetyNotice": "instrument",
        "room_environment.Meeting": "number minutes zone sequence shape",
        "room_environment.MeetingTime": "sequence",
        "room_environment.MeetingStateRecord": "late because",
        "room_environment.EnvironmentCheck": "private quiet phones_away enough_time both_ready started_on_time interruptions "
        "had_enough_time",
        "room_environment.MeetingEmail": "sequence mark attempts taken_by",
        "room_environment.Reply": "sequence",
        "room_environment.Offer": "minutes",
        "room_first_meeting.AgreementVersion": "number meeting_minutes every_days planned_meetings notice_hours",
        "room_sessions.Focusing": "together perspectives left_at_level version",
        "room_sessions.FocusingShare": "level",
        "room_sessions.MeetingRecord": "number minutes_taken present kept_shape",
        "room_sessions.MeetingFeedback": "kept",
        "room_sessions.Case": "number",
        "room_ending.Saying": "about",
        "room_ending.EndingEntry": "category position",
        "room_ending.KeepsakeLink": "wrong",
        "room_ending.FollowUpAnswer": "much_worse",
        "room_ending.FollowUpLetter": "wrong",
        "room_ending.KeepsakeEmail": "wrong",
        "room_ending.KeepsakePlan": "days weekly",
        "room_ending.FollowUpValue": "instrument measure_version",
        "room_ending.Handover": "without_guide lets_go",
        "room_ending.HandoverYes": "version",
        "room_ending.Wish": "planned_meetings",
        "programmes.SuggestedReview": "rule subject",
        "programmes.PublishedCell": "figure kind month denominator numerator",
    },
    CONTACT: {
        "people.User": "email is_active",
        "people.Person": "email is_active",
        "people.Invitation": "email next_path letter",
        "people.FailedEmail": "kind",
        "room_environment.MeetingEmail": "email",
        "room_environment.Offer": "email",
        "account.EmailAddress": "email verified primary",
    },
    SERVICE: {
        "people.Organisation": "name telephone email safety_after_minutes open_weekdays colour logo_digest "
        "logo_width logo_height has_imprint hidden_kinds is_rehearsal",
        "people.OrganisationLogo": "media_type content",
        "people.EmergencyNumber": "position telephone",
        "goals.ServiceInstrument": "version same_meaning",
        "goals.TrackingBounds": "version numbers",
        "room_environment.Place": "is_private is_quiet is_step_free participants_may_book time_zone",
        "room_first_meeting.AgreementText": "kind template section",
        "programmes.Programme": "kinds templates",
        "journeys.Material": "kind template",
        "journeys.MaterialVersion": "number asked_forms",
        "journeys.Rehearsal": "version",
        "retention.KeepingRule": "kind years",
        "auth.Permission": "name codename",
        "auth.Group": "name",
        "contenttypes.ContentType": "app_label model",
    },
    WISH: {
        "people.Person": "time_zone language is_guide is_lead is_administrator",
        "room_environment.EmailWishes": "shows_place reminders wished_since",
        "room_environment.Feed": "with_own",
        "room_environment.Protection": "keeps_windows country subdivision buffer_before buffer_after most_a_day "
        "shortest_notice how_far_ahead",
        "room_environment.Window": "weekday begins ends",
        "room_environment.OtherHours": "begins ends",
        "room_environment.BusyCalendar": "is_file unread_count",
        "room_environment.UnreadEntry": "mark",
    },
    PROOF: {
        "people.User": "password",
        "people.LoginSession": "key_digest",
        "people.KeptForm": "browser",
        "people.Invitation": "token_digest",
        "people.AddressChange": "token_digest",
        "people.FactorReset": "agreed",
        "retention.HarmCheck": "may_harm",
        "people.ConsentRecord": "version given",
        "room_environment.MeetingEmail": "token_digest",
        "room_environment.Feed": "token_digest",
        "room_environment.PossibleAnswer": "digest",
        "room_environment.Offer": "token_digest",
        "room_ending.KeepsakeLink": "token_digest",
        "room_ending.FollowUpLetter": "token_digest",
        "room_ending.KeepsakeEmail": "token_digest",
        "account.EmailConfirmation": "key",
        "mfa.Authenticator": "data",
        "backups.KeyCanary": "key_id sealed",
    },
    TRACE: {
        "ledger.Entry": "event subject_kind detail",
        "ledger.Opening": "subject_kind login_session",
        "ledger.Block": "number previous hash",
        "ledger.SealedRow": "table digest",
    },
    WORK: {
        "kernel.PeriodicRun": "name number task_id",
        "backups.BackupRecord": "file size went_well",
        "archive.Archive": "journeys size",
        "caseload_files.CaseloadFile": "kind template day_first",
        "caseload_files.BroughtIn": "line mark",
        "archive.ArchivePiece": "number",
        "retention.Certificate": "counts",
        "retention.AccessPart": "number lines",
        "retention.AccessRedaction": "line why",
        "retention.AccessLogEntry": "did count",
        "django_tasks_database.DBTaskResult": "args_kwargs priority task_path worker_ids queue_name backend_name "
        "return_value exception_class_path traceback",
    },
}


def class_of(field: models.Field) -> DataClass | None:
    """What this field is: as named, else by its type; None when nobody has said."""
    label = field.model._meta.label
    for data_class, tables in NAMED.items():
        if field.name in tables.get(label, "").split():
            return data_class
    if isinstance(field, SealedTextField):
        return WORDS
    if field.is_relation or field.primary_key or isinstance(field, models.UUIDField):
        return LINK
    if isinstance(field, models.DateField | models.TimeField):
        return MOMENT
    return STATE if field.choices else None


def fields() -> list[models.Field]:
    """Every column of every table, also those of libraries."""
    return [field for model in apps.get_models() for field in model._meta.concrete_fields]


def lines() -> list[str]:
    """The page: the classes, then each table with its fields by class."""
    classes = [WORDS, LINK, MOMENT, STATE, *NAMED]
    page = ["", "| class | why it is one | what protects it |", "|---|---|---|"]
    page += [f"| {one.name} | {one.reason} | {one.protection} |" for one in classes]
    page += ["", "| table | fields, by class |", "|---|---|"]
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        found: dict[str, list[str]] = {}
        for field in model._meta.concrete_fields:
            one = class_of(field)
            found.setdefault(one.name if one else "**no class yet**", []).append(f"`{field.name}`")
        told = "; ".join(f"*{name}* {', '.join(names)}" for name, names in found.items())
        page.append(f"| {model._meta.label} | {told} |")
    return page
