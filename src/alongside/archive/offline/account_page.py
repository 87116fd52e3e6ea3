"""One's own account, to read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..gathering import Facts
from .sections import Entry, Section, entry, section
from .wording import state_of

HAPPENED = {
    "sign_in.done": gettext_lazy("You signed in"),
    "sign_in.failed": gettext_lazy("An attempt to sign in failed"),
    "sign_in.ended": gettext_lazy("You signed out"),
    "account.factor_added": gettext_lazy("A second factor was added"),
    "account.factor_removed": gettext_lazy("A second factor was removed"),
    "account.codes_made": gettext_lazy("Recovery codes were made"),
    "account.password_changed": gettext_lazy("The password was changed"),
    "account.address_changed": gettext_lazy("The email address was changed"),
    "account.address_removed": gettext_lazy("An email address was removed"),
    "door.refused": gettext_lazy("A page was not opened for you"),
    "copy.taken": gettext_lazy("A copy was printed or downloaded"),
}


def account_sections(account: Facts) -> Iterator[Section]:
    yield section("about", _("About you"), [_about(account)])
    yield section("settings", _("Settings"), _settings(account))
    yield section(
        "consents",
        _("What you agreed to"),
        (
            entry(
                one["about"],
                one["at"],
                _("Agreed") if one["given"] else _("Not agreed, or withdrawn"),
                text=one["text"],
            )
            for one in account["consents"]
        ),
    )
    yield section(
        "addresses",
        _("Changes of your address"),
        (
            entry(
                one["at"],
                state_of("address", one["state"]),
                pairs=((_("From"), one["before"]), (_("To"), one["after"])),
            )
            for one in account["address_changes"]
        ),
    )
    yield section(
        "account",
        _("When your account was closed and opened"),
        (entry(one["at"], state_of("account", one["state"])) for one in account["closed_and_opened"]),
    )
    yield section(
        "here",
        _("Where you were signed in when this was made"),
        (
            entry(f"{one['browser']} · {one['system']}", one["began_at"], one["seen_at"])
            for one in account["signed_in_now"]
        ),
    )
    yield section(
        "events",
        _("What happened to your account"),
        (
            entry(
                HAPPENED.get(one["event"], one["event"]),
                one["at"],
                one["browser"],
                one["system"],
                one["address"],
            )
            for one in account["events"]
        ),
    )


def _about(account: Facts) -> Entry:
    contact = account["emergency_contact"]
    return entry(
        account["name"],
        pairs=(
            (_("Organisation"), account["organisation"]["name"]),
            (_("Pronouns"), account["pronouns"]),
            (_("Email"), account["email"]),
            (_("Telephone"), account["telephone"]),
            (_("Emergency contact"), " ".join(filter(None, (contact["name"], contact["telephone"])))),
            (_("Language"), account["language"]),
            (_("Time zone"), account["time_zone"]),
            (_("Roles"), ", ".join(account["roles"])),
            (_("Known here since"), account["known_since"]),
        ),
    )


def _settings(account: Facts) -> Iterator[Entry]:
    emails = account["emails"]
    if emails:
        yield entry(
            _("Emails"),
            pairs=(
                (_("What appointments are called"), emails["own_title"] or emails["title"]),
                (_("Reminders"), emails["reminders"]),
                (_("Quiet from"), emails["quiet_from"]),
                (_("Quiet until"), emails["quiet_until"]),
            ),
        )
    for one in account["days_away"]:
        yield entry(_("Days away"), one["first_day"], one["last_day"], text=one["words"])
    for one in account["places"]:
        yield entry(_("A place of yours"), one["name"], text=one["details"])
    for one in account["calendars_read"]:
        yield entry(_("Another calendar that is read"), one["name"], one["since"])
