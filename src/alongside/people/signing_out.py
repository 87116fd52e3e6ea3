"""Ending login sessions: one of one's own, or all of a person's."""

from __future__ import annotations

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from . import rules
from .models import LoginSession, Person


@action("login_session.ended")
def end_login_session(*, login_session: LoginSession, by: Person) -> None:
    """Sign oneself out in one browser, at once. Its next request asks to sign in."""
    demand(rules.may_end_login_session(by, login_session))
    record("login_session.ended", subject=login_session, by=by)
    LoginSession.objects.filter(id=login_session.id).delete()


@action("person.signed_out")
def sign_out_everywhere(*, person: Person, by: Person) -> int:
    """Sign a person out in every browser, at once: they themself, or an administrator; how many sign-ins ended."""
    demand(rules.may_sign_out(by, person))
    ended, _rows = LoginSession.objects.filter(user=person.user_id).delete()
    record("person.signed_out", subject=person, by=by, sessions=ended)
    return ended
