"""The tables: each one, and in each one every field that may hold words or say who somebody is."""

from __future__ import annotations

from .table import Table

OF_THE_ORGANISATION = "The organisation's own texts and settings: nobody's journey."
OF_THE_APPLICATION = "What the application knows of itself: no person's."
NO_WORDS = "Facts and ids, append-only: it outlives what it describes, and holds no words."
THE_DECISION = (
    "That, why and by whom something was erased has to be shown afterwards: it names nobody by name."
)

_ACCOUNTS = (
    Table("people.User", user="id", words="email password"),
    Table("people.LoginSession", user="user", words="data"),
    Table("account.EmailAddress", user="user", words="email"),
    Table("account.EmailConfirmation", user="email_address__user", words="key"),
    Table("mfa.Authenticator", user="user", words="data"),
    Table(
        "people.Person",
        words="name email pronouns telephone emergency_contact_name emergency_contact_telephone",
        stays="What others wrote and did with this person points at the row. It has no name any more, and no address.",
    ),
    Table("people.AccountStateRecord", person="person", words="reason"),
    Table("people.AddressChange", person="person", words="before after"),
    Table("people.AddressStateRecord", person="change__person"),
    Table("people.FactorReset", person="person", words="reason"),
    Table("people.ConsentRecord", person="person", words="text"),
    Table("people.Restriction", person="person", words="reason lifted_because"),
    Table("people.FailedEmail", person="person", words="kind"),
    Table("people.Invitation", person="person", words="email next_path letter"),
    Table("people.KeptForm", person="person", words="content"),
    # and what others have in an archive of theirs: `erasing.rows`
    Table("archive.Archive", person="person"),
    Table("archive.ArchivePiece", person="archive__person", words="content"),
    Table("archive.ArchiveStateRecord", person="archive__person"),
    Table(
        "people.Organisation",
        words="name telephone email opening_hours emergency_text",
        stays=OF_THE_ORGANISATION,
    ),
    Table("people.OrganisationLogo", words="content", stays=OF_THE_ORGANISATION),
    Table(
        "people.OrganisationTexts",
        words="privacy accessibility accessibility_contact imprint",
        stays=OF_THE_ORGANISATION,
    ),
    Table("people.EmergencyNumber", words="name telephone", stays=OF_THE_ORGANISATION),
)

_JOURNEYS = (
    Table("journeys.Material", words="draft", stays=OF_THE_ORGANISATION),
    Table("journeys.MaterialVersion", words="content asked_forms", stays=OF_THE_ORGANISATION),
    Table("journeys.Journey", journey="id", words="title:participant!"),
    Table("journeys.Rehearsal", journey="journey"),
    Table("journeys.JourneyMember", journey="journey"),
    Table("journeys.JourneyStateRecord", journey="journey", words="reason:by"),
    Table("journeys.Cover", journey="member__journey", words="reason:by"),
    Table("journeys.Words", journey="journey", words="text:versions"),
    Table("journeys.WordsVersion", journey="words__journey", words="text:versions"),
)

_GOALS = (
    Table("goals.Need", journey="journey", words="statement:participant"),
    Table("goals.NeedStateRecord", journey="need__journey", words="word:by"),
    Table("goals.Target", journey="journey"),
    Table("goals.TargetStateRecord", journey="target__journey", words="word:by"),
    Table(
        "goals.TargetWording",
        journey="target__journey",
        words="difference:participant why:participant how_we_will_know:participant sealed_levels:participant",
        form="sealed_levels",
    ),
    Table("goals.WordingYes", journey="wording__target__journey"),
    Table("goals.Reading", journey="target__journey"),
    Table("goals.Step", journey="journey", words="text:owner|by why_in_error:entered_in_error_by"),
    Table("goals.StepStateRecord", journey="step__journey", words="word:by"),
    Table("goals.StepTick", journey="step__journey", words="word:by"),
    Table("goals.FilledForm", journey="journey", words="answers:participant", form="answers"),
    Table("goals.FormSchedule", journey="journey"),
    Table("goals.FindingAnswer", journey="journey", words="word:by"),
    Table(
        "goals.SafetyNotice",
        journey="journey",
        words="asked:participant what_was_done:seen_by",
        form="asked",
    ),
    Table("goals.SafetyTest", stays=OF_THE_ORGANISATION),
    Table("goals.ServiceInstrument", words="definition file", stays=OF_THE_ORGANISATION),
    Table("goals.TrackingBounds", words="source", stays=OF_THE_ORGANISATION),
)

_ENVIRONMENT = (
    Table("room_environment.Meeting", journey="journey", words="override_reason:booked_by"),
    Table("room_environment.MeetingStateRecord", journey="meeting__journey", words="word:by"),
    Table("room_environment.MeetingTime", journey="meeting__journey"),
    Table("room_environment.MeetingEmail", journey="meeting__journey", words="email:recipient!"),
    Table("room_environment.Claim", journey="meeting__journey"),
    Table("room_environment.EarlierWish", journey="meeting__journey"),
    Table("room_environment.EnvironmentCheck", journey="journey"),
    Table("room_environment.CallToMake", journey="journey"),
    Table("room_environment.Reply", journey="meeting__journey", words="word:person"),
    Table(
        "room_environment.PossibleAnswer",
        journey="meeting__journey",
        words="sender:participant|meeting__guide! words:participant|meeting__guide!",
    ),
    Table("room_environment.Offer", journey="journey", words="email:participant"),
    Table("room_environment.OfferedTime", journey="offer__journey"),
    Table("room_environment.Series", journey="journey"),
    Table("room_environment.SeriesMeeting", journey="series__journey"),
    Table("room_environment.TimeRequest", journey="journey", words="word:person"),
    Table(
        "room_environment.Place",
        words="name:owner! details:owner!",
        stays="Meetings took place there. Somebody's own place loses its name and how one gets there.",
    ),
    Table("room_environment.Protection", person="person"),
    Table("room_environment.Window", person="person place__owner"),
    Table("room_environment.OtherHours", person="person place__owner"),
    Table("room_environment.TimeAway", person="person place__owner", words="word"),
    Table("room_environment.EmailWishes", person="person", words="own_title"),
    Table("room_environment.Feed", person="person"),
    Table("room_environment.BusyCalendar", person="person", words="name address tag"),
    Table("room_environment.BusyTimeRange", person="person"),
    Table("room_environment.UnreadEntry", person="calendar__person", words="title"),
)

_FIRST_MEETING = (
    Table("room_first_meeting.Preparation", journey="journey"),
    Table("room_first_meeting.Picture", journey="journey"),
    Table("room_first_meeting.PictureEntry", journey="picture__journey", words="words:participant"),
    Table("room_first_meeting.WithoutPicture", journey="journey", words="reason:by"),
    Table("room_first_meeting.AgreementVersion", journey="journey"),
    Table("room_first_meeting.AgreementStateRecord", journey="version__journey"),
    Table("room_first_meeting.Acceptance", journey="version__journey", words="typed_name:person!"),
    Table("room_first_meeting.Reminder", journey="journey"),
    Table("room_first_meeting.AgreementText", words="text", stays=OF_THE_ORGANISATION),
)

_SESSIONS = (
    Table("room_sessions.MeetingRecord", journey="journey", words="safety_where:participant"),
    Table("room_sessions.MeetingRecordStateRecord", journey="record__journey"),
    Table("room_sessions.Acknowledgement", journey="record__journey"),
    Table("room_sessions.Issue", journey="journey", words="text:raised_by"),
    Table("room_sessions.IssueStateRecord", journey="issue__journey", words="word:by"),
    Table("room_sessions.EnteredInError", journey="words__journey", words="reason:by"),
    Table("room_sessions.MeetingFeedback", journey="journey"),
    Table("room_sessions.Reflection", journey="journey", words="words:by!"),
    Table("room_sessions.Presence", journey="journey"),
    Table("room_sessions.Focusing", journey="journey"),
    Table("room_sessions.FocusingShare", journey="focusing__journey"),
    Table("room_sessions.FocusingStateRecord", journey="focusing__journey"),
    Table(
        "room_sessions.FocusingAct",
        journey="step__journey",
        words="support:focusing__author|step__owner obstacle:focusing__author|step__owner "
        "success_sign:focusing__author|step__owner",
    ),
    Table(
        "room_sessions.TakenCase",
        journey="journey",
        words="draft:by|participant! also_called:by|participant!",
        form="draft also_called",
    ),
    Table("room_sessions.TakenStateRecord", journey="taken__journey"),
    Table("room_sessions.Case", journey="journey", words="content:participant", form="content"),
    Table("room_sessions.CaseStateRecord", journey="case__journey", words="word:by"),
)

_ENDING = (
    Table("room_ending.Ending", journey="journey"),
    Table("room_ending.EndingStateRecord", journey="ending__journey"),
    Table(
        "room_ending.EndingEntry",
        journey="ending__journey",
        words="what:participant then:participant link:participant",
    ),
    Table("room_ending.Saying", journey="ending__journey", words="word:by"),
    Table("room_ending.Wish", journey="journey", words="word:by"),
    Table("room_ending.KeepsakeLink", journey="journey"),
    Table("room_ending.KeepsakePlan", journey="journey"),
    Table("room_ending.KeepsakeEmail", journey="journey"),
    Table("room_ending.FollowUp", journey="journey"),
    Table("room_ending.FollowUpPlan", journey="journey"),
    Table("room_ending.FollowUpStateRecord", journey="follow_up__journey"),
    Table("room_ending.FollowUpLetter", journey="follow_up__journey"),
    Table("room_ending.FollowUpAnswer", journey="follow_up__journey", words="words:by doing:by"),
    Table("room_ending.FollowUpValue", journey="answer__follow_up__journey", words="words:answer__by"),
    # what leads from one journey to another goes with either of them
    Table("room_ending.WayBack", journey="journey new_journey", words="words:by"),
    Table("room_ending.Handover", journey="journey led_to", words="reason:by word:participant"),
    Table("room_ending.HandoverYes", journey="handover__journey handover__led_to"),
)

_PROGRAMMES = (
    Table("programmes.Placement", journey="journey"),
    Table("programmes.SuggestedReview", journey="journey"),
    Table("programmes.Programme", words="name site", stays=OF_THE_ORGANISATION),
    Table(
        "programmes.ProgrammeMember", stays="Which role somebody had in a programme: no word, and no name."
    ),
    Table(
        "programmes.PublishedCell",
        stays="Rounded counts over many people, small ones hidden: worked out anew each night from what is there.",
    ),
)

_WORK = (
    Table(
        "django_tasks_database.DBTaskResult",
        words="args_kwargs return_value traceback task_path exception_class_path",
        stays="What waits to be done for others. What was done, and what names whoever is erased, goes: `erasing.waiting`.",
    ),
    Table("kernel.PeriodicRun", stays=OF_THE_APPLICATION),
    Table(
        "kernel.IdempotencyKey", stays="The digest of a form that was sent: for a month, and no word of it."
    ),
    Table("backups.BackupRecord", words="problem", stays=OF_THE_APPLICATION),
    Table("backups.KeyCanary", stays=OF_THE_APPLICATION),
    Table("caseload_files.CaseloadFile", person="by", words="content"),
    Table("caseload_files.BroughtIn", journey="journey"),
    Table("retention.AccessRequest", person="person", words="identity"),
    Table("retention.AccessStateRecord", person="request__person", words="reason"),
    Table("retention.HarmCheck", person="request__person", words="checked_by"),
    # and the whole copy, where a journey of others in it goes: `erasing.rows`
    Table("retention.AccessCopy", person="request__person"),
    Table("retention.AccessPart", person="copy__request__person", words="heading content"),
    Table("retention.AccessRedaction", person="part__copy__request__person", words="note"),
    Table("retention.AccessLogEntry", person="request__person"),
    Table("retention.LegalHold", journey="journey", words="reason:by"),
    Table("retention.KeepingRule", words="basis", stays=OF_THE_ORGANISATION),
    Table("retention.Erasure", words="reason", stays=THE_DECISION),
    Table("retention.ErasureStateRecord", stays=THE_DECISION),
    Table("retention.Certificate", words="counts", stays=THE_DECISION),
    Table("auth.Group", stays=OF_THE_APPLICATION),
    Table("auth.Permission", stays=OF_THE_APPLICATION),
    Table("contenttypes.ContentType", stays=OF_THE_APPLICATION),
    Table("ledger.Entry", stays=NO_WORDS),
    Table("ledger.Opening", stays=NO_WORDS),
    Table("ledger.Block", stays=NO_WORDS),
    Table("ledger.SealedRow", stays=NO_WORDS),
)

TABLES: tuple[Table, ...] = (
    *_ACCOUNTS,
    *_JOURNEYS,
    *_GOALS,
    *_ENVIRONMENT,
    *_FIRST_MEETING,
    *_SESSIONS,
    *_ENDING,
    *_PROGRAMMES,
    *_WORK,
)
