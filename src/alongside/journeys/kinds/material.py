"""What of a ready template an organisation can make its own, as plain data; and a kind in which that data stands.

The data is chapters, each a row of items, each item a key and a few fields. `CHAPTERS` says which there are: the editor's
forms, what is read from a file and what is shown of a change all follow it. Keys are those of the kind, since people's
words are kept under them; an item of one's own has a key of its own. What nobody may change (whose numbers can be called,
what belongs to a safety plan, which pages of the ending a part leads to) is always taken from the kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alongside.journeys.states import AfterMissed

from .endings import REMAINS
from .shapes import (
    EACH,
    ENDS,
    EVERY,
    NEVER,
    RHYTHMS,
    AskedForm,
    Frequency,
    Kind,
    Matter,
    Part,
    Perspective,
    Question,
    Section,
    SupportCategory,
    Template,
    Text,
)

Item = dict[str, Any]
Content = dict[str, list[Item]]
"""The items of each chapter, in order."""

LINE, TEXT, NUMBER, YES, CHOICE = "line", "text", "number", "yes", "choice"
OWN = "own-"


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    label: Text
    form: str = LINE
    help: Text = ""
    required: bool = True
    most: int = 200
    """Characters of a text; of a number the largest."""
    least: int = 0
    choices: tuple[tuple[Any, Text], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chapter:
    key: str
    title: Text
    lead: Text
    fields: tuple[Field, ...]
    add: Text = ""
    """What adding an item is called; empty where nobody adds one."""
    single: bool = False
    """One item, and not a row of them."""
    any_key: bool = False
    """Its keys are not those of the kind."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


_TITLE = Field(name="title", label=_("Title"), most=120)
_QUESTION = (
    Field(name="text", label=_("Question"), form=TEXT, most=400),
    Field(name="help", label=_("Explanation"), form=TEXT, required=False, most=400),
)

CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        key="about",
        title=_("Name and purpose"),
        lead=_("What practitioners choose it by when they begin."),
        single=True,
        fields=(
            Field(name="name", label=_("Name"), most=120),
            Field(name="summary", label=_("Who it is for"), form=TEXT, most=400),
        ),
    ),
    Chapter(
        key="pace",
        title=_("How often and how long"),
        lead=_("What a new one begins with. The two can change it in their agreement."),
        single=True,
        fields=(
            Field(name="every_days", label=_("How often"), form=CHOICE, choices=RHYTHMS),
            Field(name="planned_meetings", label=_("How many are planned"), form=NUMBER, least=1, most=200),
            Field(
                name="notice_hours",
                label=_("Cancel online until how many hours before"),
                form=NUMBER,
                most=336,
            ),
            Field(
                name="after_missed",
                label=_("If one is missed"),
                form=CHOICE,
                choices=tuple(AfterMissed.choices),
            ),
        ),
    ),
    Chapter(
        key="agreement",
        title=_("Agreement"),
        lead=_("The sections of the agreement, with a text to begin with. The two change it together."),
        add=_("Add a section"),
        fields=(
            _TITLE,
            Field(name="prompt", label=_("What to write here"), form=TEXT, most=600),
            Field(name="text", label=_("Text to begin with"), form=TEXT, required=False, most=20_000),
            Field(
                name="required",
                label=_("The agreement cannot be proposed without it"),
                form=YES,
                required=False,
            ),
        ),
    ),
    Chapter(
        key="preparation",
        title=_("Questions to prepare with"),
        lead=_("What is asked before you first meet. Every question can be skipped."),
        add=_("Add a question"),
        fields=_QUESTION,
    ),
    Chapter(
        key="guide_preparation",
        title=_("Questions for the practitioner"),
        lead=_("What the practitioner thinks about before the first meeting."),
        add=_("Add a question"),
        fields=_QUESTION,
    ),
    Chapter(
        key="parts",
        title=_("Parts of a meeting"),
        lead=_("The four parts of every meeting. Together their minutes are its length."),
        fields=(
            _TITLE,
            Field(name="minutes", label=_("Minutes"), form=NUMBER, least=1, most=240),
            Field(name="prompt", label=_("What is asked in it"), form=TEXT, most=600),
        ),
    ),
    Chapter(
        key="perspectives",
        title=_("Viewpoints"),
        lead=_("Through whose eyes an issue can be looked at."),
        fields=(Field(name="label", label=_("Name"), most=120),),
    ),
    Chapter(
        key="questionnaires",
        title=_("Questionnaires"),
        lead=_("Which are asked, and when. The two can decide differently in their agreement."),
        any_key=True,
        fields=(
            Field(
                name="when",
                label=_("When it is asked"),
                form=CHOICE,
                choices=(
                    (EACH, _("before each meeting")),
                    (EVERY, _("once in every so many meetings")),
                    (ENDS, _("at the beginning and at the end")),
                    (NEVER, _("not asked")),
                ),
            ),
            Field(
                name="every",
                label=_("Of how many"),
                form=NUMBER,
                least=1,
                most=50,
                help=_("2 means every second one. It only counts where it is asked once in so many."),
            ),
        ),
    ),
    Chapter(
        key="ending_topics",
        title=_("What the ending speaks of"),
        lead=_("What is written together before it closes."),
        add=_("Add a topic"),
        fields=(_TITLE, *_QUESTION),
    ),
    Chapter(
        key="support",
        title=_("On-going support"),
        lead=_("Where support may come from afterwards."),
        add=_("Add a kind of support"),
        fields=(
            Field(name="label", label=_("Name"), most=120),
            Field(name="help", label=_("Explanation"), form=TEXT, required=False, most=400),
        ),
    ),
)
BY_KEY: Mapping[str, Chapter] = {chapter.key: chapter for chapter in CHAPTERS}


def own_key(taken: str) -> str:
    """The key of an item of one's own, made of what tells it from all others."""
    return f"{OWN}{taken}"


# --- what a shipped template says ------------------------------------------------------------------------------


def content_of(kind: Kind, template: Template, texts: Mapping[str, str] | None = None) -> Content:
    """A shipped template as data, in the words of the code; `texts` are an organisation's own of its agreement."""
    with translation.override(None):
        own = texts or {}
        starting = {section.key: section.example for section in kind.agreement} | dict(template.sections)
        rows: dict[str, Sequence[tuple[str, Sequence[Any]]]] = {
            "about": [("about", (template.name, template.summary))],
            "pace": [
                (
                    "pace",
                    (
                        template.frequency.every_days,
                        template.planned_meetings,
                        template.notice_hours,
                        template.after_missed,
                    ),
                )
            ],
            "agreement": [
                (
                    each.key,
                    (each.title, each.prompt, own.get(each.key) or starting[each.key], each.required),
                )
                for each in kind.agreement
            ],
            "preparation": _asked(template.preparation or kind.preparation),
            "guide_preparation": _asked(template.guide_preparation or kind.guide_preparation),
            "parts": [(each.key, (each.title, each.minutes, each.prompt)) for each in template.parts],
            "perspectives": [(each.key, (each.label,)) for each in kind.perspectives],
            "questionnaires": [(each.measure_key, (each.when, each.every)) for each in template.asked_forms],
            "ending_topics": [(each.key, (each.title, each.text, each.help)) for each in kind.ending_matters],
            "support": [(each.key, (each.label, each.help)) for each in kind.support_categories],
        }
        return {
            chapter.key: [
                {"key": key, **dict(zip(chapter.names, map(_plain, values), strict=True))}
                for key, values in rows[chapter.key]
            ]
            for chapter in CHAPTERS
        }


def _asked(questions: Sequence[Question]) -> list[tuple[str, tuple[Text, Text]]]:
    return [(each.key, (each.text, each.help)) for each in questions]


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int) else str(value)


def may_leave(kind: Kind, chapter: Chapter, key: str) -> bool:
    """Whether an item can be left out: what the kind has to speak of stays, and so does what only has its wording."""
    if not chapter.add:
        return False
    if chapter.key == "agreement":
        return not any(each.key == key and (each.required or each.group) for each in kind.agreement)
    if chapter.key == "ending_topics":
        return not any(each.key == key and (each.required or key == REMAINS) for each in kind.ending_matters)
    return True


def is_fixed(kind: Kind, chapter: Chapter, key: str, field: str) -> bool:
    """Whether a field is the kind's alone: what it requires is required everywhere."""
    return (
        chapter.key == "agreement"
        and field == "required"
        and any(each.key == key and (each.required or each.group) for each in kind.agreement)
    )


# --- a kind in which an organisation's data stands ---------------------------------------------------------------


def applied(kind: Kind, slug: str, content: Content) -> Kind:
    """The kind as a journey of this template reads it: everything else is as it was shipped."""
    base = kind.template(slug)
    about, pace = content["about"][0], content["pace"][0]
    personal = {each.key for each in kind.agreement if each.personal}
    template = replace(
        base,
        name=said(about["name"]),
        summary=said(about["summary"]),
        source=_("Your organisation’s own version of a template that comes with Alongside."),
        meeting_minutes=minutes_of(content),
        frequency=frequency_of(pace["every_days"]),
        planned_meetings=pace["planned_meetings"],
        notice_hours=pace["notice_hours"],
        after_missed=pace["after_missed"],
        parts=tuple(_part(base, item) for item in content["parts"]),
        preparation=_questions(base.preparation or kind.preparation, content["preparation"]),
        guide_preparation=_questions(
            base.guide_preparation or kind.guide_preparation, content["guide_preparation"]
        ),
        # a personal section has a text to take over only where the template knew what has to stand there
        sections={
            item["key"]: said(item["text"])
            for item in content["agreement"]
            if item["text"] and (item["key"] in base.sections or item["key"] not in personal)
        },
        asked_forms=tuple(
            AskedForm(item["key"], item["when"], item["every"]) for item in content["questionnaires"]
        ),
    )
    return replace(
        kind,
        agreement=tuple(_section(kind, item) for item in content["agreement"]),
        perspectives=tuple(
            Perspective(key=one["key"], label=said(one["label"])) for one in content["perspectives"]
        ),
        ending_matters=tuple(_matter(kind, item) for item in content["ending_topics"]),
        support_categories=tuple(
            SupportCategory(key=one["key"], label=said(one["label"]), help=said(one["help"]))
            for one in content["support"]
        ),
        templates=tuple(template if each.slug == slug else each for each in kind.templates),
    )


def said(text: str) -> Text:
    """A sentence that is still translated where it is one of those Alongside came with."""
    return _(text) if text else ""


def minutes_of(content: Content) -> int:
    return sum(item["minutes"] for item in content["parts"])


def frequency_of(days: int) -> Frequency:
    return Frequency(key=f"days-{days}", every_days=days, label=dict(RHYTHMS)[days])


def _part(base: Template, item: Item) -> Part:
    shipped = next((each for each in base.parts if each.key == item["key"]), None)
    return Part(
        key=item["key"],
        title=said(item["title"]),
        prompt=said(item["prompt"]),
        minutes=item["minutes"],
        ending=shipped.ending if shipped else (),
    )


def _questions(shipped: Sequence[Question], items: Sequence[Item]) -> tuple[Question, ...]:
    known = {each.key: each for each in shipped}
    found = []
    for item in items:
        words: dict[str, Any] = {"text": said(item["text"]), "help": said(item["help"])}
        one = known.get(item["key"])
        found.append(replace(one, **words) if one else Question(key=item["key"], **words))
    return tuple(found)


def _section(kind: Kind, item: Item) -> Section:
    words: dict[str, Any] = {
        "title": said(item["title"]),
        "prompt": said(item["prompt"]),
        "example": said(item["text"]),
    }
    one = next((each for each in kind.agreement if each.key == item["key"]), None)
    if one is None:
        return Section(key=item["key"], required=item["required"], covers=(), **words)
    fixed = one.required or bool(one.group)
    return replace(one, required=one.required if fixed else item["required"], **words)


def _matter(kind: Kind, item: Item) -> Matter:
    words: dict[str, Any] = {name: said(item[name]) for name in ("title", "text", "help")}
    one = next((each for each in kind.ending_matters if each.key == item["key"]), None)
    if one:
        return replace(one, **words)
    return Matter(
        key=item["key"], required=False, settled=_("There is nothing to write"), in_keepsake=True, **words
    )
