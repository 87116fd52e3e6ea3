"""What the worker does when a questionnaire was renewed: whoever guides where it is in use is told."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.journeys.emails import write_to
from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.queries import with_a_part
from alongside.journeys.states import GUIDING
from alongside.kernel.clock import now
from alongside.measures.catalogue import measure
from alongside.people.emails import email_kind
from alongside.people.models import Person

from ..models import TargetWording
from .models import FilledForm, FormSchedule, ServiceInstrument
from .versions import key_of

RENEWED = email_kind("questionnaire renewed")


@task
def tell_guides(instrument_id: str) -> None:
    """Tell each guide once, whatever number of their journeys use it."""
    row = ServiceInstrument.objects.select_related("organisation").get(id=instrument_id)
    for person in _guides_of(row):
        _write(person, row)


def _guides_of(row: ServiceInstrument) -> list[Person]:
    same = ServiceInstrument.objects.filter(family=row.family, version__lt=row.version)
    earlier = [key_of(row_id) for row_id in same.values_list("id", flat=True)]
    filled = FilledForm.objects.filter(instrument__in=earlier).values("journey")
    asked = FormSchedule.objects.filter(instrument__in=earlier).values("journey")
    aimed = TargetWording.objects.filter(measure__in=earlier).values("target__journey")
    journeys = Journey.objects.filter(
        Q(id__in=filled) | Q(id__in=asked) | Q(id__in=aimed), organisation_id=row.organisation_id
    )
    members = JourneyMember.objects.filter(
        with_a_part(now()),
        journey__in=journeys.values("id"),
        person__is_active=True,
        part__in=[str(part) for part in GUIDING],
    )
    people = {member.person_id: member.person for member in members.select_related("person")}
    return list(people.values())


def _write(person: Person, row: ServiceInstrument) -> None:
    def compose() -> tuple[str, str]:
        names = {"name": measure(key_of(row.id)).name, "service": row.organisation.name}
        text = _("%(service)s has renewed the questionnaire “%(name)s”.") % names
        if row.same_meaning:
            text += " " + _("Its scores go on in the same line.")
        else:
            text += " " + _(
                "Its scores begin a new line. Where a goal is measured by the version before, that one can still be "
                "filled in."
            )
        text += f"\n\n{settings.PUBLIC_URL}/journeys/"
        return _("A questionnaire you use has been renewed"), text

    write_to(RENEWED, person, compose)
