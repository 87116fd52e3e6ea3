"""Who may make an organisation's templates its own. Person and moment are combined in one line each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds import Kind, Template
from alongside.journeys.kinds.endings import REMAINS
from alongside.journeys.kinds.material import BY_KEY, Chapter, may_leave
from alongside.journeys.material import content_of_version
from alongside.journeys.models import MaterialVersion
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import Person

from .queries import Desk, left_out


def may_keep_material(actor: Person) -> Verdict:
    """What an organisation works with is for those to say who answer for its programmes."""
    if actor.is_lead or actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only a programme lead or an administrator can change templates."))


def may_see_shipped(actor: Person, kind: Kind, template: Template) -> Verdict:
    return may_keep_material(actor)


def may_copy_shipped(actor: Person, kind: Kind, template: Template) -> Verdict:
    return may_keep_material(actor)


def may_see_material(desk: Desk) -> Verdict:
    return may_keep_material(desk.actor)


def may_change_material(desk: Desk, chapter: Chapter | None = None, key: str = "") -> Verdict:
    if desk.material.put_away_at:
        return first_denial(
            may_see_material(desk), not_now(_("This template is put away. Offer it again to change it."))
        )
    return may_see_material(desk)


def may_add_item(desk: Desk, chapter: Chapter) -> Verdict:
    if not chapter.add:
        return first_denial(may_see_material(desk), not_now(_("Nothing can be added here.")))
    return may_change_material(desk)


def may_remove_item(desk: Desk, chapter: Chapter, key: str) -> Verdict:
    if not may_leave(desk.kind, BY_KEY[chapter.key], key):
        return first_denial(may_see_material(desk), not_now(_("This has to stay. You can change its words.")))
    if len(desk.content[chapter.key]) < 2:
        return first_denial(may_see_material(desk), not_now(_("Please leave at least one.")))
    return may_change_material(desk)


def may_publish(desk: Desk) -> Verdict:
    if not desk.has_changes:
        return first_denial(
            may_see_material(desk), not_now(_("There is nothing to publish: nothing has changed."))
        )
    return may_change_material(desk)


def may_discard_draft(desk: Desk) -> Verdict:
    if not desk.material.draft:
        return first_denial(may_see_material(desk), not_now(_("There are no changes to discard.")))
    if desk.newest is None:
        return first_denial(
            may_see_material(desk),
            not_now(_("This was never published. Put it away if you do not need it any more.")),
        )
    return may_change_material(desk)


def may_see_version(desk: Desk, version: MaterialVersion) -> Verdict:
    return may_see_material(desk)


def may_publish_again(desk: Desk, version: MaterialVersion) -> Verdict:
    if desk.newest is not None and version.id == desk.newest.id:
        return first_denial(may_see_material(desk), not_now(_("This is the current version.")))
    return may_change_material(desk)


def may_put_away(desk: Desk) -> Verdict:
    if desk.material.put_away_at:
        return first_denial(may_see_material(desk), not_now(_("This template is put away already.")))
    return may_see_material(desk)


def may_offer_again(desk: Desk) -> Verdict:
    if desk.material.put_away_at is None:
        return first_denial(may_see_material(desk), not_now(_("This template is offered already.")))
    return may_see_material(desk)


MOST_REHEARSALS = 5


def may_rehearse(desk: Desk, *, going_on: int = 0) -> Verdict:
    """Whoever may change it tries it, also what is put away; a few at a time."""
    if going_on >= MOST_REHEARSALS:
        return first_denial(
            may_see_material(desk),
            not_now(
                _("You have %(number)s rehearsals at the moment. Delete one to begin another.")
                % {"number": going_on}
            ),
        )
    return may_see_material(desk)


def may_rehearse_version(desk: Desk, version: MaterialVersion) -> Verdict:
    return may_rehearse(desk)


MOVED = ("preparation", "guide_preparation", "parts", "support", "ending_topics")
"""The chapters whose order is the organisation's; a safety plan and what remains keep their place."""


def may_move(desk: Desk, chapter: Chapter, key: str) -> Verdict:
    """One place up."""
    keys = [each["key"] for each in desk.content[chapter.key]]
    if chapter.key not in MOVED or key not in keys[1:] or key == REMAINS:
        return first_denial(may_see_material(desk), not_now(_("This cannot be moved further up.")))
    return may_change_material(desk)


def may_see_what_leads(seat: Seat, newest: MaterialVersion | None = None) -> Verdict:
    """The guide, of a journey that a version of the organisation's own leads."""
    if not seat.is_guide:
        return not_yours(_("Only %(name)s can see this.") % {"name": seat.guide.name})
    return ALLOWED if seat.journey.material_id else hidden()


def may_take_up(seat: Seat, newest: MaterialVersion) -> Verdict:
    """A journey under way goes on with the newest version, unless that has no place for words that may be written."""
    here = seat.journey.material
    seen = may_see_what_leads(seat, newest)
    if not seen or here is None:
        return seen
    if newest.material_id != here.material_id:
        return hidden()
    if seat.is_over:
        return not_now(_("This has ended. It keeps the version it had."))
    if newest.number <= here.number:
        return not_now(_("This is led by the newest version already."))
    gone = left_out(content_of_version(here), content_of_version(newest))
    if gone:
        return not_now(
            _(
                "The new version has no “%(name)s” any more, and you may have written there. This goes on as it is."
            )
            % {"name": gone[0]}
        )
    return ALLOWED
