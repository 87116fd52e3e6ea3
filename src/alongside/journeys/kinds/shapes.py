"""The shapes in which a kind of journey is written down.

A kind is data: its words, questions, agreement sections, perspectives and ready templates. Rooms read these
shapes and never ask which kind they hold; what differs between supervision, mentoring and treatment differs
in here alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text: TypeAlias = str | _StrPromise
else:
    Text = str | Promise
"""A sentence for people: lazily translated. Call `str()` on it to get it in the reader's language."""

PART_KEYS = ("review", "direction", "issues", "plan")
"""The four parts of every meeting, in the order in which a meeting goes through them."""

PERSPECTIVE_KEYS = ("self", "other", "between", "peer", "guide", "system", "knowledge", "time")
"""The viewpoints offered at the third level of focusing: the same keys in every kind, with other labels."""

FOCUSING_KEYS = ("wide", "describe", "explore", "narrow", "act")
"""The five levels of Alongside's funnel, from wide to narrow. Every one of them is optional."""

SUPPORT_KEYS = ("peer", "workplace", "family", "community", "online", "professional")
"""Where on-going support may come from after the ending; a kind offers those that fit."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A kind's own words for people to read; code has one word for each thing."""

    # Nouns, lower case.
    journey: Text
    guide: Text
    guides: Text
    participant: Text
    participants: Text
    covering: Text
    """Who is there while the guide is away."""
    co_guide: Text
    """Who guides together with the guide."""
    meeting: Text
    meetings: Text
    first_meeting: Text
    need: Text
    needs: Text
    target: Text
    targets: Text
    step: Text
    steps: Text
    agreement: Text
    ending: Text
    helping: Text
    # Phrases, ready made, so that no sentence has to be glued together from nouns.
    begin_journey: Text
    book_meeting: Text
    next_meeting: Text
    guided: Text
    """Those whom one guides: “My patients”."""
    mine: Text
    """What a participant takes part in: “My treatment”."""
    no_meeting_booked: Text
    open_meeting: Text
    close_meeting: Text
    meeting_number: Text
    """Holds `%(number)s`: `words.meeting_number % {"number": 3}`."""


@dataclass(frozen=True, kw_only=True)
class Question:
    key: str
    text: Text
    help: Text = ""
    rows: int = 3
    only_if: Text = ""
    """Of whom it is asked, in words the reader judges by: it stays folded until they open it. Empty: of everybody."""


PEOPLE, MAY_BE_CALLED, WITHIN = "people", "may_be_called", "within"


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of an agreement, written together and accepted by both."""

    key: str
    title: Text
    prompt: Text
    """What to write here, as one guiding sentence."""
    required: bool
    example: Text
    """A good starting text in plain words, which the guide may take over and change."""
    covers: tuple[str, ...]
    """The things an agreement has to speak of that this section speaks of (see README.md of this folder)."""
    group: Text = ""
    """The heading under which several sections stand together, as the fields of one thing; empty for one by itself."""
    personal: bool = False
    """Only the person's own words will do: its example is shown and can't be taken over."""
    if_low: bool = False
    """Required only in templates for people whose mood may be low; elsewhere it is offered."""
    telephones: str = ""
    """Whose numbers in it can be called: `PEOPLE` by the person, `MAY_BE_CALLED` by the service too, each on a line of
    their own; or some `WITHIN` the text."""
    at_least: int = 0
    """So many numbers have to be in it."""

    def is_required(self, template: "Template") -> bool:
        return self.required and (template.may_be_low or not self.if_low)


@dataclass(frozen=True, kw_only=True)
class Perspective:
    key: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class FocusingLevel:
    key: str
    number: int
    title: Text
    purpose: Text
    prompts: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of the four parts of a meeting, with the time it is given."""

    key: str
    title: Text
    prompt: Text
    minutes: int
    ending: tuple[str, ...] = ()
    """The pages of the ending on which what both have prepared is finished together in this part."""


USUAL = "usual"


@dataclass(frozen=True, kw_only=True)
class MeetingShape:
    """The order and names of the parts of one meeting, how long each takes, and what is asked in it."""

    slug: str
    name: Text
    summary: Text
    """When one would choose it."""
    minutes: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Frequency:
    key: str
    every_days: int
    label: Text


WEEKLY = Frequency(key="weekly", every_days=7, label=_("every week"))
FORTNIGHTLY = Frequency(key="fortnightly", every_days=14, label=_("every two weeks"))
MONTHLY = Frequency(key="monthly", every_days=28, label=_("every four weeks"))


RHYTHMS: tuple[tuple[int, Text], ...] = (
    (7, _("every week")),
    (14, _("every two weeks")),
    (21, _("every three weeks")),
    (28, _("every four weeks")),
    (42, _("every six weeks")),
    (56, _("every eight weeks")),
    (84, _("every twelve weeks")),
)
"""How often one meets, in days, as people say it."""


EACH, EVERY, ENDS, NEVER = "each", "every", "ends", "never"
"""When a questionnaire is asked: before each meeting, before every n-th, at start and end, or not."""


class AskedForm(NamedTuple):
    """A questionnaire a template asks, and when. `every` counts meetings where it is not each of them."""

    measure_key: str
    when: str = EACH
    every: int = 1


class SuggestedTarget(NamedTuple):
    text: Text
    measure_key: str


@dataclass(frozen=True, kw_only=True)
class Template:
    """A ready shape for one sort of journey within a kind, which a service can use tomorrow and change."""

    slug: str
    name: Text
    summary: Text
    """For whom it is."""
    source: Text
    """Where its structure comes from, honestly."""
    meeting_minutes: int
    frequency: Frequency
    planned_meetings: int
    notice_hours: int
    """Until how many hours before it a meeting is cancelled online, unless the two agree otherwise."""
    after_missed: str
    """What is done about a missed one, unless they agree otherwise: see `journeys.states.AfterMissed`."""
    parts: tuple[Part, ...]
    preparation: tuple[Question, ...]
    guide_preparation: tuple[Question, ...]
    sections: Mapping[str, Text] = field(default_factory=dict)
    """Starting texts that fit this template better than the kind's own, by section key."""
    suggested_needs: tuple[Text, ...]
    suggested_targets: tuple[SuggestedTarget, ...]
    first_steps: tuple[Text, ...]
    asked_forms: tuple[AskedForm, ...] = ()
    """The questionnaires its agreement says are asked, until the two decide otherwise."""
    may_be_low: bool = False
    """Whether those who come may be in low mood: where help is stands first on every page they may write on."""


@dataclass(frozen=True, kw_only=True)
class EndingQuestions:
    """The same keys for both, so that the two voices can stand side by side."""

    participant: tuple[Question, ...]
    guide: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Something the record of an ending speaks of, written together by the two."""

    key: str
    title: Text
    text: Text
    """What is asked."""
    help: Text
    required: bool
    """Whether an ending can't be closed without it."""
    settled: Text
    """What one presses where there is nothing to write; empty where words are wanted in any case."""
    in_keepsake: bool


@dataclass(frozen=True, kw_only=True)
class SupportCategory:
    key: str
    label: Text
    help: Text


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """The guide always acknowledges a meeting's record; the kind says if the participant must too."""

    participant_must: bool


@dataclass(frozen=True, kw_only=True)
class BeforeFirst:
    """What the participant is told before the first meeting."""

    purpose: Text
    expect: tuple[Text, ...]
    bring: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Kind:
    slug: str
    name: Text
    summary: Text
    words: Words
    before_first: BeforeFirst
    agreement: tuple[Section, ...]
    perspectives: tuple[Perspective, ...]
    focusing: tuple[FocusingLevel, ...]
    preparation: tuple[Question, ...]
    guide_preparation: tuple[Question, ...]
    ending_questions: EndingQuestions
    ending_matters: tuple[Matter, ...]
    """What the record of an ending speaks of before it closes, in the order in which it is asked."""
    support_categories: tuple[SupportCategory, ...]
    acknowledgement: Acknowledgement
    emergency_note: Text
    """Stands wherever someone writes between meetings: that nobody is watching, and what to do instead."""
    meeting_shapes: tuple[MeetingShape, ...]
    """What a meeting may be besides the usual one of its template."""
    templates: tuple[Template, ...]
    supervised_note: Text = ""
    """For the participant: that the guide has supervision of their own, and what may be spoken of there."""
    hears_cases: bool = False
    """Whether the participant may bring cases from journeys they guide themselves."""

    def shapes_for(self, template: Template) -> tuple[MeetingShape, ...]:
        """The shapes a meeting of such a journey can have: the usual one first."""
        usual = MeetingShape(
            slug=USUAL,
            name=_("The usual"),
            summary=_("As you mostly meet."),
            minutes=template.meeting_minutes,
            parts=template.parts,
        )
        return (usual, *self.meeting_shapes)

    def shape(self, template: Template, slug: str | None) -> MeetingShape:
        """The shape of that name; the usual one for a name nobody knows any more."""
        shapes = self.shapes_for(template)
        return next((shape for shape in shapes if shape.slug == slug), shapes[0])

    def matter(self, key: str) -> Matter | None:
        return next((matter for matter in self.ending_matters if matter.key == key), None)

    def template(self, slug: str) -> Template:
        for template in self.templates:
            if template.slug == slug:
                return template
        raise KeyError(slug)

    def section(self, key: str) -> Section:
        for section in self.agreement:
            if section.key == key:
                return section
        raise KeyError(key)

    def starting_texts(self, template: Template) -> dict[str, Text]:
        """A first wording of every section: the template's own where it has one, else the kind's.

        A personal section has none, unless a template knows what has to stand there; nor has one that was left empty.
        """
        return {
            section.key: template.sections.get(section.key, section.example)
            for section in self.agreement
            if section.key in template.sections or (section.example and not section.personal)
        }
