"""The shape of `alongside.json`, as a JSON Schema (2020-12): published in docs/reference, and put beside the file.

Every field is there in every archive, empty where nothing is known; a field that is not named here is a fault. What is
added later makes a new `format_version`, unless whoever reads the old one may pass it over.
"""

from __future__ import annotations

from typing import Any

VERSION = 1
FORMAT = "alongside-archive"
Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
YES: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
KEY: Schema = {"type": "string", "format": "uuid"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
TIME: Schema = {"type": "string", "format": "time"}
FREE: Schema = {"type": "object"}


def _thing(**fields: Schema) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": sorted(fields),
        "additionalProperties": False,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _or_none(of: Schema) -> Schema:
    return {"anyOf": [of, {"type": "null"}]}


STATE = _thing(state=TEXT, at=MOMENT, by=TEXT, words=TEXT)

ACCOUNT = _thing(
    id=KEY,
    name=TEXT,
    pronouns=TEXT,
    email=TEXT,
    telephone=TEXT,
    emergency_contact=_thing(name=TEXT, telephone=TEXT),
    language=TEXT,
    time_zone=TEXT,
    roles=_list({"enum": ["guide", "lead", "administrator"]}),
    known_since=MOMENT,
    organisation=_thing(id=KEY, name=TEXT),
    closed_and_opened=_list(_thing(state=TEXT, at=MOMENT)),
    consents=_list(
        _thing(
            purpose={"enum": ["sharing", "afterwards", "figures"]},
            about=TEXT,
            given=YES,
            version=WHOLE,
            text=TEXT,
            at=MOMENT,
        )
    ),
    address_changes=_list(_thing(at=MOMENT, before=TEXT, after=TEXT, state=TEXT)),
    signed_in_now=_list(_thing(began_at=MOMENT, seen_at=MOMENT, browser=TEXT, system=TEXT)),
    events=_list(_thing(event=TEXT, at=MOMENT, address=TEXT, browser=TEXT, system=TEXT)),
    emails=_or_none(
        _thing(
            title=TEXT,
            own_title=TEXT,
            shows_place=YES,
            reminders=TEXT,
            quiet_from=_or_none(TIME),
            quiet_until=_or_none(TIME),
        )
    ),
    days_away=_list(_thing(first_day=DAY, last_day=DAY, words=TEXT)),
    places=_list(_thing(name=TEXT, kind=TEXT, details=TEXT)),
    calendars_read=_list(_thing(name=TEXT, since=MOMENT)),
)

WORDS = _thing(
    id=KEY,
    group={"enum": ["preparation", "agreement", "meetings", "focusing", "ending", "other"]},
    place=TEXT,
    box=TEXT,
    question=TEXT,
    number=_or_none(WHOLE),
    subject=KEY,
    author=TEXT,
    read_by={"enum": ["mine", "ours", "named"]},
    text=TEXT,
    written_at=MOMENT,
    changed_at=_or_none(MOMENT),
    changed_by=TEXT,
    versions=_list(_thing(number=WHOLE, text=TEXT, at=MOMENT, by=TEXT)),
)

ABOUT = {
    "id": KEY,
    "folder": {"type": "string", "pattern": "^journey-[0-9]+$"},
    "number": WHOLE,
    "kind": {"enum": ["supervision", "mentoring", "treatment"]},
    "kind_name": TEXT,
    "template": TEXT,
    "title": TEXT,
    "state": TEXT,
    "in_full": YES,
    "my_parts": _list(TEXT),
    "people": _list(_thing(id=KEY, name=TEXT, part=TEXT)),
    "begun_at": MOMENT,
    "meeting_minutes": WHOLE,
    "every_days": WHOLE,
    "planned_meetings": _or_none(WHOLE),
    "planned_end": _or_none(DAY),
    "first_number": WHOLE,
    "words": _list(WORDS),
}

AGREEMENT = _thing(
    id=KEY,
    number=WHOLE,
    state=TEXT,
    state_since=_or_none(MOMENT),
    begins_on=_or_none(DAY),
    review_on=_or_none(DAY),
    meeting_minutes=WHOLE,
    every_days=WHOLE,
    planned_meetings=_or_none(WHOLE),
    planned_end=_or_none(DAY),
    notice_hours=_or_none(WHOLE),
    after_missed=_or_none(TEXT),
    made_elsewhere_on=_or_none(DAY),
    accepted=_list(_thing(side=TEXT, name=TEXT, how=TEXT, at=MOMENT)),
)

GOALS = {
    "needs": _list(_thing(id=KEY, statement=TEXT, state=TEXT, proposed_by=TEXT, states=_list(STATE))),
    "pictures": _list(
        _thing(
            moment=TEXT,
            at=MOMENT,
            by=TEXT,
            without=TEXT,
            entries=_list(_thing(need=KEY, rating=WHOLE, words=TEXT)),
        )
    ),
    "goals": _list(
        _thing(
            id=KEY,
            need=KEY,
            state=TEXT,
            proposed_by=TEXT,
            states=_list(STATE),
            wordings=_list(
                _thing(
                    id=KEY,
                    number=WHOLE,
                    text=TEXT,
                    why=TEXT,
                    how_we_will_know=TEXT,
                    measure=TEXT,
                    measure_name=TEXT,
                    measure_version=TEXT,
                    levels=_list(TEXT),
                    baseline=_or_none(NUMBER),
                    aim=_or_none(NUMBER),
                    importance=WHOLE,
                    difficulty=WHOLE,
                    due=_or_none(DAY),
                    at=MOMENT,
                    by=TEXT,
                )
            ),
            readings=_list(_thing(value=NUMBER, on=DAY, source=TEXT, meeting=_or_none(WHOLE), wording=KEY)),
        )
    ),
    "steps": _list(
        _thing(
            id=KEY,
            goal=_or_none(KEY),
            text=TEXT,
            owner=TEXT,
            due=_or_none(DAY),
            planned_in=_or_none(WHOLE),
            times_a_week=_or_none(WHOLE),
            state=TEXT,
            states=_list(STATE),
            done_on=_list(_thing(on=DAY, words=TEXT)),
            beside=_thing(support=TEXT, obstacle=TEXT, success_sign=TEXT),
        )
    ),
    "questionnaires": _list(
        _thing(
            id=KEY,
            instrument=TEXT,
            name=TEXT,
            version=TEXT,
            by=TEXT,
            begun_at=MOMENT,
            handed_in_at=_or_none(MOMENT),
            answers=FREE,
            asked=_list(_thing(key=TEXT, question=TEXT, answer=TEXT)),
            total=_or_none(NUMBER),
        )
    ),
    "safety": _list(
        _thing(
            at=MOMENT,
            instrument=TEXT,
            by=TEXT,
            asked=_list(_thing(question=TEXT, answer=TEXT)),
            what_was_done=TEXT,
            seen_at=_or_none(MOMENT),
            seen_by=TEXT,
        )
    ),
    "decisions": _list(
        _thing(at=MOMENT, rule=TEXT, decision=TEXT, words=TEXT, review_on=_or_none(DAY), by=TEXT)
    ),
}

MEETINGS = {
    "meetings": _list(
        _thing(
            id=KEY,
            number=_or_none(WHOLE),
            starts_at=MOMENT,
            ends_at=MOMENT,
            minutes=WHOLE,
            time_zone=TEXT,
            place=TEXT,
            place_details=TEXT,
            state=TEXT,
            late=YES,
            why_outside_hours=TEXT,
            why_not=TEXT,
            check=_or_none(FREE),
            replies=_list(_thing(at=MOMENT, by=TEXT, answer=TEXT, words=TEXT)),
        )
    ),
    "records": _list(
        _thing(
            id=KEY,
            meeting=KEY,
            number=WHOLE,
            state=TEXT,
            state_since=_or_none(MOMENT),
            opened_by=TEXT,
            minutes=_or_none(WHOLE),
            present=_list(_thing(name=TEXT, part=TEXT)),
            safety_raised=_or_none(YES),
            safety_where=TEXT,
            next_agreed_at=_or_none(MOMENT),
            acknowledged=_list(_thing(side=TEXT, how=TEXT, by=TEXT, at=MOMENT)),
        )
    ),
    "issues": _list(_thing(id=KEY, text=TEXT, raised_by=TEXT, meeting=WHOLE, state=TEXT, words=TEXT)),
    "focusings": _list(
        _thing(
            id=KEY,
            begun_at=MOMENT,
            author=TEXT,
            together=YES,
            state=TEXT,
            meeting=_or_none(WHOLE),
            issue=TEXT,
            levels_shared=_list(WHOLE),
            steps=_list(KEY),
        )
    ),
    "how_meetings_were": _list(_thing(meeting=WHOLE, on=MOMENT, answers=FREE, hidden_from_guide=YES)),
    "reflections": _list(_thing(meeting=WHOLE, on=MOMENT, skills=FREE, words=TEXT)),
    "cases": _list(_thing(id=KEY, number=WHOLE, state=TEXT, content=_or_none(FREE))),
    "taken_to_supervision": _list(
        _thing(id=KEY, draft=FREE, also_called=TEXT, state=TEXT, words=TEXT, content=_or_none(FREE))
    ),
    "requests_for_a_time": _list(_thing(at=MOMENT, by=TEXT, words=TEXT)),
}

AFTERWARDS = {
    "ending": _or_none(
        _thing(
            id=KEY,
            begun_at=MOMENT,
            begun_by=TEXT,
            state=TEXT,
            said=_list(
                _thing(
                    what=TEXT,
                    side=TEXT,
                    about=TEXT,
                    on=_or_none(DAY),
                    words=TEXT,
                    how=TEXT,
                    by=TEXT,
                    at=MOMENT,
                )
            ),
            entries=_list(
                _thing(
                    id=KEY,
                    sort=TEXT,
                    what=TEXT,
                    then=TEXT,
                    category=TEXT,
                    first_contact=_or_none(DAY),
                    link=TEXT,
                    by=TEXT,
                    at=MOMENT,
                )
            ),
        )
    ),
    "wishes_for_the_end": _list(
        _thing(
            at=MOMENT,
            wanted=TEXT,
            words=TEXT,
            on=_or_none(DAY),
            planned_meetings=_or_none(WHOLE),
            outcome=TEXT,
            by=TEXT,
        )
    ),
    "handovers": _list(
        _thing(
            at=MOMENT, to=TEXT, reason=TEXT, words=TEXT, outcome=TEXT, settled_at=_or_none(MOMENT), by=TEXT
        )
    ),
    "follow_up": _thing(
        read_by=TEXT,
        days=_list(_thing(on=DAY, state=TEXT)),
        answers=_list(
            _thing(
                at=MOMENT,
                about=DAY,
                helping=TEXT,
                words=TEXT,
                doing=TEXT,
                read_by=TEXT,
                way=TEXT,
                by=TEXT,
                needs=_list(_thing(need=KEY, rating=_or_none(WHOLE), words=TEXT)),
                goals=_list(_thing(goal=KEY, value=NUMBER)),
                questionnaires=_list(_thing(instrument=TEXT, total=_or_none(NUMBER))),
            )
        ),
    ),
    "keepsake_reminders": _or_none(_thing(days=_list(DAY), weekly=_or_none(WHOLE))),
    "requests_to_come_back": _list(
        _thing(at=MOMENT, words=TEXT, outcome=TEXT, settled_at=_or_none(MOMENT), by=TEXT)
    ),
}

WHOLE_JOURNEY = _thing(
    **ABOUT,
    states=_list(_thing(state=TEXT, at=MOMENT, by=TEXT, reason=TEXT, expected_return=_or_none(DAY))),
    covers=_list(_thing(name=TEXT, from_day=DAY, until_day=DAY, reason=TEXT, in_an_emergency=YES)),
    agreements=_list(AGREEMENT),
    **GOALS,
    **MEETINGS,
    **AFTERWARDS,
    opened_by_others=_list(_thing(name=TEXT, at=MOMENT, kind=TEXT, what=TEXT)),
)


def schema() -> Schema:
    """The whole of it. A journey one only covers or supports has less: what is marked for one, and what one wrote."""
    whole, part = dict(WHOLE_JOURNEY), _thing(**ABOUT)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Everything about one person, out of Alongside",
        **_thing(
            format={"const": FORMAT},
            format_version={"const": VERSION},
            made_by=TEXT,
            made_at=MOMENT,
            account={"$ref": "#/$defs/account"},
            journeys=_list(
                {
                    "if": {"properties": {"in_full": {"const": True}}},
                    "then": {"$ref": "#/$defs/journey"},
                    "else": {"$ref": "#/$defs/journey_in_part"},
                }
            ),
        ),
        "$defs": {"account": ACCOUNT, "journey": whole, "journey_in_part": part},
    }
