"""Who may look after backups."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.verdict import ALLOWED, Verdict, not_yours
from alongside.people.models import Person


def may_look_after_backups(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator looks after backups."))
