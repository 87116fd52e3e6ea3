"""What may hold words and is no table: folders, caches, what people keep themselves, and how each of them forgets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`setting` or `folder` says where it lies; `forgets` how what was erased leaves it."""

    name: str
    holds: str
    forgets: str
    setting: str = ""
    folder: str = ""
    """Within the home of the installation."""
    cache: str = ""
    emptied: bool = False
    """Whether erasing empties it, and does not wait until it forgets by itself."""

    def path(self) -> Path | None:
        if self.setting:
            given = getattr(settings, self.setting, "")
            return Path(given) if given else None
        return Path(settings.HOME) / self.folder if self.folder else None


ELSEWHERE: tuple[Elsewhere, ...] = (
    Elsewhere(
        "the database's own files",
        "pages that were given free, and the journal of what was written last",
        "free pages are overwritten, the file is written anew and its journal cut off",
        folder="alongside.sqlite3",
        emptied=True,
    ),
    Elsewhere(
        "emails saved as files",
        "whole emails, where no mail server is set",
        "all of them are deleted",
        setting="EMAIL_FOLDER",
        emptied=True,
    ),
    Elsewhere(
        "the star of the programmes",
        "figures of journeys, without names, ids and words",
        "written anew without the journeys that are gone",
        folder="star",
        emptied=True,
    ),
    Elsewhere(
        "backups",
        "everything, encrypted",
        "the last one that held it is deleted within a year, by the plan of 7 days, 4 weeks and 12 months; one made before "
        "an upgrade after 4 weeks",
        setting="BACKUPS_FOLDER",
    ),
    Elsewhere(
        "files",
        "nothing of a person: Alongside writes no file of theirs; keepsakes, copies and papers are made when asked for",
        "nothing to forget",
        setting="MEDIA_ROOT",
    ),
    Elsewhere(
        "the second place of the ledger",
        "facts and ids, no words",
        "it stays whole, as the ledger does",
        setting="LEDGER_COPY",
    ),
    Elsewhere("style sheets and scripts", "nothing of a person", "nothing to forget", setting="STATIC_ROOT"),
    Elsewhere("keys", "nothing of a person", "nothing to forget", folder="keys"),
    Elsewhere("stamps and locks", "nothing of a person", "nothing to forget", folder="stamps"),
    Elsewhere(
        "the cache in the database",
        "how often an address was tried, by its digest, and the worker's sign of life",
        "within a day, by itself",
        cache="default",
    ),
    Elsewhere(
        "counters in memory",
        "how often somebody saved within a minute",
        "within a minute, by itself",
        cache="counters",
    ),
    Elsewhere(
        "memory of the server's processes",
        "papers, questionnaires and names that were worked out lately, so that they need not be again",
        "with the process, and when newer ones take their place",
    ),
    Elsewhere("logs", "routes, ids and times; no words, names or addresses", "nothing to forget"),
    Elsewhere(
        "what people took along",
        "keepsakes, copies, calendars, emails they were sent, and drafts in their own browser that only they can open",
        "theirs to keep or delete",
    ),
    Elsewhere(
        "login sessions of others",
        "what a page says once, such as a name, until it is shown",
        "within twelve hours, by itself",
    ),
)
