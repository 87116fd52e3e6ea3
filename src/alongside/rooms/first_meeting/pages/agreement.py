"""The agreement: one version of it, to write, to accept or to read.

Long, because the three are one page: the same sections, with what each state allows beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.measuring.pages_schedule import AskedNote
from alongside.goals.models import Need
from alongside.goals.states import NeedState, TargetState
from alongside.journeys.kinds.shapes import Section
from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Reader
from alongside.ui.words import WordsBox

from .. import boxes, offers, rules
from ..agreed import AgreedGoals, AgreedNeed
from ..models import Acceptance, AgreementVersion, How, WithoutPicture
from ..queries import Agreement, WordedTarget
from ..rules import Missing
from ..states import WAITING, AgreementState, Side
from .common import address, both_read, day, words_box
from .goals import standing

MEASURES = "measures"
"""What a section covers that says which questionnaires are used."""


@dataclass(frozen=True)
class SectionView:
    key: str
    title: str
    required: bool
    text: str
    box: WordsBox | None
    example: str
    use: ActionButton | None
    late: str
    group: str = ""
    """The heading before the first of several that stand together."""
    within: str = ""
    """The heading under which it stands."""
    asked: AskedNote | None = None
    """In the section on measures: which questionnaires are asked, and when."""
    is_example: bool = False
    """Whether its example only shows how one might look, and can't be taken over."""

    @property
    def is_folded(self) -> bool:
        """What is offered and not begun stays folded until somebody wants it."""
        return not self.required and not self.text and not self.is_asked

    @property
    def is_asked(self) -> bool:
        """Whether it says that questionnaires are asked, whatever else is written in it."""
        return bool(self.asked and self.asked.is_asked)


@dataclass(frozen=True)
class MissingLine:
    what: str
    url: str
    is_picture: bool


@dataclass(frozen=True)
class Yes:
    """A line at the foot of the agreement: who, and how and when they said yes."""

    name: str
    part: str
    typed_name: str
    how: str
    when: str


@dataclass(frozen=True)
class VersionLine:
    number: int
    state_word: str
    when: str
    url: str
    is_shown: bool


@dataclass(frozen=True)
class AgreedLine:
    """A need with how it was at the start, what the two aim for, and the steps towards it."""

    need: str
    rating: int | None
    words: str
    targets: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class AgreementPage:
    eyebrow: str
    title: str
    lead: str
    state: str
    is_draft: bool
    is_in_force: bool
    frame: tuple[tuple[str, str], ...]
    frame_url: str
    sections: tuple[SectionView, ...]
    use_all: ActionButton | None
    template_name: str
    missing: tuple[MissingLine, ...]
    without_picture: str
    without_picture_url: str
    needs: tuple[str, ...]
    targets: tuple[str, ...]
    agreed: tuple[AgreedLine, ...]
    agreed_steps: tuple[str, ...]
    agreed_lead: str
    goals: ActionButton
    propose: ActionButton | None
    accept_url: str
    accept_in_the_room_url: str
    participant: str
    waiting: str
    participant_has_no_account: bool
    reopen: ActionButton | None
    drop: ActionButton | None
    signatures: tuple[Yes, ...]
    versions: tuple[VersionLine, ...]
    paper: ActionButton
    compare: ActionButton | None
    readers: tuple[Reader, ...]
    back: str

    @property
    def has_folded(self) -> bool:
        return any(section.is_folded for section in self.sections)

    @property
    def misses_picture(self) -> bool:
        return any(one.is_picture for one in self.missing)

    @property
    def shows_goals(self) -> bool:
        """While it is being made: what is agreed along with it. Once proposed, as it stands or stood then."""
        return self.is_draft or bool(self.agreed or self.agreed_steps)


@dataclass(frozen=True)
class NoAgreementPage:
    eyebrow: str
    title: str
    text: str
    begin: ActionButton
    back: str


def no_agreement_page(seat: Seat, agreement: Agreement | None) -> NoAgreementPage:
    words = seat.kind.words
    begin = ActionButton(
        _("Start the agreement"),
        address(seat, "begin_agreement"),
        rules.may_begin_agreement(seat, agreement),
        True,
    )
    return NoAgreementPage(
        eyebrow=capfirst(str(words.first_meeting)),
        title=capfirst(str(words.agreement)),
        text=_(
            "Here you write down what you can count on from each other: how often and how long "
            "you meet, what stays between you, and how it ends. There are texts to start with."
        ),
        begin=begin,
        back=address(seat, "room"),
    )


@dataclass(frozen=True)
class Parts:
    """What an agreement is made of, read by the view."""

    sections: dict[str, Words]
    late: dict[str, Words]
    missing: Collection[Missing] = ()
    acceptances: Collection[Acceptance] = ()
    needs: Collection[Need] = ()
    targets: Collection[WordedTarget] = ()
    without: WithoutPicture | None = None
    agreed: AgreedGoals = field(default_factory=AgreedGoals)
    texts: Mapping[str, str] = field(default_factory=dict)
    """What a section may begin with, while it is being written."""
    asked: AskedNote | None = None
    """Which questionnaires are asked, and when, while the version counts or is being made."""


def agreement_page(seat: Seat, agreement: Agreement, parts: Parts) -> AgreementPage:
    version, state = agreement.version, agreement.state
    number = {"version_number": version.number}
    is_draft = state == AgreementState.DRAFT
    sections = _sections(seat, agreement, parts)
    may_use = is_draft and seat.is_guide and any(not one.text and not one.is_example for one in sections)
    texts = {key: str(words.text) for key, words in parts.sections.items()}
    empty = () if is_draft else rules.empty_fields(seat, texts)
    return AgreementPage(
        eyebrow=capfirst(str(seat.kind.words.first_meeting)),
        title=capfirst(str(seat.kind.words.agreement)),
        lead=_lead(seat, agreement),
        state=str(state.label),
        is_draft=is_draft,
        is_in_force=state == AgreementState.IN_FORCE,
        frame=frame_rows(seat, version),
        frame_url=address(seat, "set_frame", **number),
        sections=sections,
        use_all=ActionButton(_("Use all these texts"), address(seat, "use_texts", **number))
        if may_use
        else None,
        template_name=str(boxes.template_of(seat).name),
        missing=tuple(_missing(seat, one) for one in parts.missing) if is_draft else (),
        without_picture=parts.without.reason if parts.without else "",
        without_picture_url=address(seat, "go_on_without_picture"),
        needs=tuple(one.statement for one in parts.needs if one.state != NeedState.LET_GO),  # type: ignore[attr-defined]
        targets=tuple(
            one.wording.difference
            for one in parts.targets
            if one.target.state != TargetState.LET_GO  # type: ignore[attr-defined]
        ),
        agreed=tuple(_agreed(need) for need in parts.agreed.needs),
        agreed_steps=parts.agreed.steps,
        agreed_lead=_agreed_lead(agreement),
        goals=ActionButton(_("Go to the goals"), address(seat, "goals"), link=True),
        propose=_propose(seat, agreement),
        accept_url=address(seat, "accept", **number) if rules.may_accept(seat, agreement, empty) else "",
        accept_in_the_room_url=(
            address(seat, "accept_in_the_room", **number)
            if rules.may_accept_in_the_room(seat, agreement, empty)
            else ""
        ),
        participant=seat.participant.name,
        waiting=_waiting(seat, agreement) or _not_complete(seat, agreement, empty),
        participant_has_no_account=not seat.participant.person.user_id,
        reopen=_reopen(seat, agreement),
        drop=_drop(seat, agreement),
        signatures=tuple(_yes(seat, one) for one in parts.acceptances),
        versions=tuple(_version(seat, one, version) for one in agreement.versions),
        paper=ActionButton(_("Save as PDF"), address(seat, "paper", **number), link=True),
        compare=_compare(seat, agreement),
        readers=both_read(seat),
        back=address(seat, "room"),
    )


def _compare(seat: Seat, agreement: Agreement) -> ActionButton | None:
    if len(agreement.versions) < 2:
        return None
    url = address(seat, "compare", version_number=agreement.version.number)
    return ActionButton(_("See what has changed"), url, link=True)


def _lead(seat: Seat, agreement: Agreement) -> str:
    version = agreement.version
    facts = {"number": version.number, "day": day(version.entered_at)}  # type: ignore[attr-defined]
    if version.made_elsewhere_on:
        return _("You agreed on %(day)s, before this was set up in Alongside.") % {
            "day": day(version.made_elsewhere_on)
        }
    sentences = {
        AgreementState.DRAFT: _(
            "Version %(number)s. Read it together and change what does not fit. "
            "It only applies once you have both accepted it."
        ),
        AgreementState.PROPOSED: _(
            "Version %(number)s was proposed on %(day)s. It applies once you have both accepted it."
        ),
        AgreementState.ACCEPTED_BY_ONE: _("Version %(number)s has been accepted by one of you."),
        AgreementState.IN_FORCE: _("Version %(number)s has been in force since %(day)s."),
        AgreementState.SUPERSEDED: _("Version %(number)s was replaced by a newer one on %(day)s."),
        AgreementState.ENDED: _("Version %(number)s has not been in force since %(day)s."),
    }
    return sentences[agreement.state] % facts


def frame_rows(seat: Seat, version: AgreementVersion) -> tuple[tuple[str, str], ...]:
    rows = (
        (_("In force from"), day(version.begins_on)),
        (_("Review on"), day(version.review_on)),
        (_("How often"), offers.recurrence(version.every_days)),
        (_("How long"), _("%(minutes)s minutes") % {"minutes": version.meeting_minutes}),
        (_("Number planned"), str(version.planned_meetings or "")),
        (_("Planned to end by"), day(version.planned_end)),
        (_("Cancelling"), "" if version.notice_hours is None else offers.notice(version.notice_hours)),
        (
            _("If one is missed"),
            offers.after_missed(seat, version.after_missed) if version.after_missed else "",
        ),
    )
    return tuple((label, value) for label, value in rows if value)


def _sections(seat: Seat, agreement: Agreement, parts: Parts) -> tuple[SectionView, ...]:
    """In the order of the kind; the first of a group bears its heading. Where nothing is written, none stands."""
    found, begun = [], ""
    for one in seat.kind.agreement:
        view = _section(seat, agreement, one, parts)
        shows = not view.is_folded and (view.box or view.text or view.late or view.is_asked)
        found.append(replace(view, group=view.within if shows and view.within != begun else ""))
        begun = view.within if shows else begun
    return tuple(found)


def _section(seat: Seat, agreement: Agreement, section: Section, parts: Parts) -> SectionView:
    version, words = agreement.version, parts.sections.get(section.key)
    text = words.text if words else ""
    at = {"version_number": version.number, "box": section.key}
    box, use, example = None, None, ""
    if agreement.state == AgreementState.DRAFT and rules.may_write_section(seat):
        url = address(seat, "write_section", **at)
        title, prompt = str(section.title), str(section.prompt)
        about = boxes.section(version.id, section.key)
        box = words_box(seat, about, words, name=section.key, url=url, label=title, help=prompt)
        if not text.strip():
            example = parts.texts.get(section.key, str(section.example))
            may_use = seat.is_guide and section.key in parts.texts
            use = ActionButton(_("Use this text"), address(seat, "use_text", **at)) if may_use else None
    late = parts.late.get(section.key)
    return SectionView(
        key=section.key,
        title=str(section.title),
        required=section.is_required(boxes.template_of(seat)),
        text=text,
        box=box,
        example=example,
        use=use,
        late=late.text if late else "",
        within=str(section.group),
        asked=parts.asked if MEASURES in section.covers else None,
        is_example=section.key not in parts.texts,
    )


def _agreed(need: AgreedNeed) -> AgreedLine:
    start = need.start
    return AgreedLine(
        need=need.statement,
        rating=start.rating if start else None,
        words=start.words if start else "",
        targets=tuple((one.wording.difference, standing(one.wording), one.steps) for one in need.targets),
    )


def _agreed_lead(agreement: Agreement) -> str:
    if agreement.state in WAITING:
        return _("With this agreement you also agree to these, if you have not yet.")
    return _("As it was when you both accepted this. The goals page shows what has become of it since.")


def _missing(seat: Seat, missing: Missing) -> MissingLine:
    pages = {"goals": address(seat, "goals"), "picture": address(seat, "picture"), "facts": "#dates"}
    url = pages.get(missing.where, f"#words-{missing.where}")
    return MissingLine(capfirst(str(missing.what)), url, missing.is_picture)


def _propose(seat: Seat, agreement: Agreement) -> ActionButton | None:
    """What is missing does not close the button: the page may be older than what was written since."""
    if agreement.state != AgreementState.DRAFT:
        return None
    url = address(seat, "propose", version_number=agreement.version.number)
    return ActionButton(_("Propose this agreement"), url, rules.may_propose(seat, agreement), primary=True)


def _waiting(seat: Seat, agreement: Agreement) -> str:
    mine = rules.side_of(seat) in agreement.sides
    if agreement.state not in WAITING or not mine:
        return ""
    return _("You have accepted this. %(name)s has not accepted it yet.") % {"name": seat.other.name}


def _not_complete(seat: Seat, agreement: Agreement, empty: tuple[Section, ...]) -> str:
    """Why nobody can accept what was proposed before its plan was filled in."""
    if agreement.state not in WAITING or not empty or not rules.may_accept(seat, agreement):
        return ""
    return str(rules.may_accept(seat, agreement, empty).sentence)


def _reopen(seat: Seat, agreement: Agreement) -> ActionButton | None:
    if not rules.may_reopen(seat, agreement):
        return None
    url = address(seat, "reopen", version_number=agreement.version.number)
    if agreement.state == AgreementState.IN_FORCE:
        sure = _(
            "A new version starts with these words. This one stays in force until you have both "
            "accepted the new one."
        )
        return ActionButton(_("Change the agreement"), url, confirm=sure)
    sure = _(
        "A new version starts with these words, and this one is set aside. You both have to "
        "accept the new one."
    )
    return ActionButton(_("I would like to change something"), url, confirm=sure)


def _drop(seat: Seat, agreement: Agreement) -> ActionButton | None:
    if not rules.may_drop_draft(seat, agreement):
        return None
    url = address(seat, "drop_draft", version_number=agreement.version.number)
    return ActionButton(_("Keep the agreement as it was"), url, confirm=_("This version can still be read."))


def _yes(seat: Seat, given: Acceptance) -> Yes:
    words = seat.kind.words
    part = words.guide if given.side == Side.GUIDE else words.participant
    how = _("signed in")
    if given.how == How.IN_THE_ROOM:
        how = _("in person, witnessed by %(name)s") % {"name": seat.name_of(given.witness_id) or words.guide}
    name = seat.name_of(given.person_id) or given.typed_name
    return Yes(name, str(part), given.typed_name, how, day(given.created_at))


def _version(seat: Seat, version: AgreementVersion, shown: AgreementVersion) -> VersionLine:
    return VersionLine(
        number=version.number,
        state_word=str(AgreementState(version.state).label),  # type: ignore[attr-defined]
        when=day(version.entered_at),  # type: ignore[attr-defined]
        url=address(seat, "agreement_version", version_number=version.number),
        is_shown=version.number == shown.number,
    )
