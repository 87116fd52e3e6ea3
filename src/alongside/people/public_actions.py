"""What everybody sees of an organisation: its logo and colour, and what it says on its pages for everybody."""

from __future__ import annotations

import datetime as dt
import hashlib

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.ui.logos import Logo

from . import rules
from .models import Organisation, OrganisationLogo, OrganisationTexts, Person


@action("organisation.look_changed")
def change_look(
    *, colour: str, logo: Logo | None = None, without_logo: bool = False, by: Person
) -> Organisation:
    """Choose the colour and the logo. Without a new one the logo stays, unless it is to be taken away.

    The ledger keeps that the look was changed, and whether there is a logo now.
    """
    demand(rules.may_change_organisation(by))
    organisation = Organisation.objects.select_for_update().get(id=by.organisation_id)
    organisation.colour = colour
    if logo:
        OrganisationLogo.objects.update_or_create(
            organisation=organisation,
            defaults={"media_type": logo.media_type, "content": logo.content},
        )
        organisation.logo_digest = hashlib.sha256(logo.content).hexdigest()[:32]
        organisation.logo_width, organisation.logo_height = logo.width, logo.height
    elif without_logo:
        OrganisationLogo.objects.filter(organisation=organisation).delete()
        organisation.logo_digest, organisation.logo_width, organisation.logo_height = "", 0, 0
    organisation.save(update_fields=["colour", "logo_digest", "logo_width", "logo_height"])
    record("organisation.look_changed", subject=organisation, by=by, has_logo=bool(organisation.logo_digest))
    return organisation


@action("organisation.texts_changed")
def change_texts(
    *,
    privacy: str,
    accessibility: str,
    accessibility_contact: str,
    accessibility_checked_on: dt.date | None,
    imprint: str,
    by: Person,
) -> OrganisationTexts:
    """Say what stands on the pages for everybody. An empty text means: what Alongside brings along."""
    demand(rules.may_change_organisation(by))
    organisation = Organisation.objects.select_for_update().get(id=by.organisation_id)
    texts, _made = OrganisationTexts.objects.update_or_create(
        organisation=organisation,
        defaults={
            "privacy": privacy.strip(),
            "accessibility": accessibility.strip(),
            "accessibility_contact": accessibility_contact.strip(),
            "accessibility_checked_on": accessibility_checked_on,
            "imprint": imprint.strip(),
        },
    )
    organisation.has_imprint = bool(texts.imprint)
    organisation.save(update_fields=["has_imprint"])
    record("organisation.texts_changed", subject=organisation, by=by)
    return texts
