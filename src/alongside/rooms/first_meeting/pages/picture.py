"""The starting picture: each need in own words and from 0 to 10."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.models import Need
from alongside.goals.states import NeedState
from alongside.journeys import visibility
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict
from alongside.ui.action_buttons import ActionButton

from .. import rules
from ..models import WithoutPicture
from ..queries import PictureFacts, RoomFacts
from .common import address, day
from .preparation import NeedLine, need_lines


@dataclass(frozen=True)
class PicturePage:
    eyebrow: str
    title: str
    lead: str
    may_take: Verdict
    needs: tuple[NeedLine, ...]
    taken: str
    url: str
    need_url: str
    suggestions: tuple[ActionButton, ...]
    who_reads: str
    without: str
    without_by: str
    without_url: str
    may_go_on_without: Verdict
    goals: ActionButton
    may_add: bool
    add_title: str
    nothing_yet: str
    save: str
    back: str
    back_label: str


def picture_page(
    seat: Seat,
    facts: RoomFacts,
    needs: list[Need],
    picture: PictureFacts | None,
    without: WithoutPicture | None,
) -> PicturePage:
    words = seat.kind.words
    taken = ""
    if picture:
        by = {"name": seat.name_of(picture.taken_by_id), "day": day(picture.taken_at)}
        taken = _("Started by %(name)s on %(day)s.") % by
    return PicturePage(
        eyebrow=capfirst(str(words.first_meeting)),
        title=_("Starting picture"),
        lead=_("How are things now? At the end you will look back at this and see how far you have come."),
        may_take=rules.may_take_picture(seat, facts),
        needs=need_lines(seat, needs, picture),
        taken=taken,
        url=address(seat, "take_picture"),
        need_url=address(seat, "add_need"),
        suggestions=need_suggestions(seat, needs, back="picture"),
        who_reads=visibility.sentence(seat, Visibility.OURS),
        without=without.reason if without and not facts.picture_is_whole else "",
        without_by=seat.name_of(without.by_id) if without else "",
        without_url=address(seat, "go_on_without_picture"),
        may_go_on_without=rules.may_go_on_without_picture(seat, facts),
        goals=ActionButton(_("Continue to the goals"), address(seat, "goals"), link=True),
        may_add=bool(rules.may_shape_goals(seat)),
        add_title=_("Is something else needed?") if needs else _("What is needed?"),
        nothing_yet=_("Here you will see how each thing that is needed is now. Add one to start."),
        save=_("Save this picture"),
        back=address(seat, "room"),
        back_label=_("Back"),
    )


def need_fields(needs: list[Need]) -> list[tuple[UUID, str]]:
    """What the form of the picture asks about."""
    kept = [need for need in needs if need.state != NeedState.LET_GO]  # type: ignore[attr-defined]
    return [(need.id, need.statement) for need in kept]


def initial_of(picture: PictureFacts | None) -> dict[str, object]:
    found: dict[str, object] = {}
    for need_id, entry in (picture.entries if picture else {}).items():
        found[f"rating_{need_id.hex}"] = entry.rating
        found[f"words_{need_id.hex}"] = entry.words
    return found


def need_suggestions(seat: Seat, needs: list[Need], *, back: str) -> tuple[ActionButton, ...]:
    """The template's suggestions that have not been taken over. Never another person's words."""
    taken = {need.statement for need in needs}
    suggested = seat.kind.template(seat.journey.template).suggested_needs
    url = address(seat, "take_suggestion")
    return tuple(
        ActionButton(
            str(text), url, fields=(("what", "need"), ("index", index), ("back", back)), icon="plus-lg"
        )
        for index, text in enumerate(suggested)
        if str(text) not in taken
    )
