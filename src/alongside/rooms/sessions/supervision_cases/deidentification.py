"""What would give somebody away: looked for in a guide's own words before a case may leave the journey. Pure.

Looked for are the names of the people of the journey in many spellings, its places, its days, the service's name; and,
whoever they belong to, dates, years, addresses, e-mail addresses, links and long numbers. Better one hit too many: a word
can be said in another way, a name that has left can't be taken back.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from nicknames import NickNamer

from .spellings import LEET, Letters, keys, letters, look, places, sign, sound


class Sort(Enum):
    NAME = "name"
    DATE = "date"
    EMAIL = "email"
    NUMBER = "number"
    ADDRESS = "address"
    PLACE = "place"
    SERVICE = "service"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a journey that must not leave it. `called` are other names somebody goes by."""

    names: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    days: tuple[dt.date, ...] = ()
    places: tuple[str, ...] = ()
    service: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    start: int
    end: int
    sort: Sort = field(compare=False)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


SMALL_WORDS = _listed(
    """
    a am an and any are as at be bed but by can do down each for from go had has have he her him his how i if in is
    it its just let long man many mar may me men mine mother much must my new no not now of off old on one or our out
    own part per ran saw say see she so some such than that the them then they this to too two up us was way we well
    were what when who why will with you young"""
)
"""Words of every sentence. As a name they are looked for only where they are written as one."""
_PARTICLES = _listed("al bin da de del den der di do dos du el la le mac mc of st ten the van von y zu")
_ROLES = _listed("mr mrs ms miss mx dr prof sir sister nurse father")
_GENERIC = _listed(
    """
    a and at avenue bay block building by care centre center children clinic clinical close college community
    consulting counselling court department drive east entrance exit first flat floor for front garden gp ground group
    hall health hill home hospital house in lane learning left level lift link main medical meeting mental new north of
    office old on online park phone place practice primary private quiet reception right road room second service
    services side social south square step street suite surgery team the therapy third to tower treatment trust unit
    university upper video waiting ward west wing with zoom"""
)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[- ]\w+)"
)
_DAY = rf"(?:\d{{1,2}}(?:\s?(?:st|nd|rd|th))?|{_NTH})"
_DIGIT = (
    r"(?:\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|nought)\b(?:\s+hundred\b)?"
    r"|\b(?:double|treble|triple)\b)"
)
_STREET = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|way|court|crescent|terrace|place|square|gardens|grove|row"
    r"|mews|hill|walk|green)"
)
_PATTERNS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (Sort.LINK, re.compile(r"(?:https?://|www\.)\S+", re.I)),
    (Sort.EMAIL, re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?\w+)+")),
    (
        Sort.EMAIL,
        re.compile(
            r"\w[\w.+-]*\s*(?:\(at\)|\[at\]|\bat\b|@)\s*\w[\w-]*\s*(?:\(dot\)|\[dot\]|\bdot\b)\s*\w{2,}", re.I
        ),
    ),
    (Sort.DATE, re.compile(r"\b\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}\b")),
    (Sort.DATE, re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTHS}\b\.?(?:,?\s+\d{{2,4}}\b)?", re.I)),
    (Sort.DATE, re.compile(rf"\b{_MONTHS}\.?\s+(?:the\s+)?{_DAY}\b(?:,?\s+\d{{4}}\b)?", re.I)),
    (Sort.DATE, re.compile(rf"\b{_MONTHS}\.?,?\s+(?:of\s+)?(?:19|20)\d\d\b", re.I)),
    (Sort.DATE, re.compile(r"\b(?:19|20)\d\d\b")),
    (Sort.ADDRESS, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.I)),
    (Sort.ADDRESS, re.compile(rf"\b\d{{1,4}}[a-z]?,?\s+(?:[A-Z][\w’'-]+\s+){{1,3}}{_STREET}\b", re.I)),
    (Sort.NUMBER, re.compile(rf"\+?{_DIGIT}(?:[\s().\-–/]*{_DIGIT}){{5,}}", re.I)),
)


def hits(text: str, known: Known) -> tuple[Hit, ...]:
    """Everything in a text that would give somebody away, in its order, none lying over another."""
    found = [*_general(text), *_days(text, known.days)]
    for way in (sound, look):
        read = letters(text, way)
        found += _at(read, Sort.NAME, _named(read, text, known))
        found += _at(read, Sort.PLACE, _spots(read, known.places))
        found += _at(read, Sort.SERVICE, _service(read, known.service))
    found += _swapped(text, Sort.NAME, _parts(known) | _short_forms(known))
    for spot in (*known.places, known.service):
        found += _swapped(text, Sort.PLACE, _spot_keys(spot))
    found += _initials(text, known)
    return _apart(found)


def _general(text: str) -> Iterator[Hit]:
    seen = _visible(text)
    for sort, pattern in _PATTERNS:
        for match in pattern.finditer(seen.text):
            yield Hit(seen.at[match.start()], seen.at[match.end() - 1] + 1, sort)


@dataclass(frozen=True, slots=True)
class _Seen:
    text: str
    at: tuple[int, ...]


def _visible(text: str) -> _Seen:
    """The text as one sees it: what is invisible left out, every other sign in its plain form."""
    signs, at = [], []
    for place, each in enumerate(text):
        if unicodedata.category(each) in ("Cf", "Mn"):
            continue
        for one in unicodedata.normalize("NFKC", each):
            signs.append(str(unicodedata.digit(one)) if one.isdigit() else one)
            at.append(place)
    return _Seen("".join(signs), tuple(at))


def _days(text: str, days: Iterable[dt.date]) -> Iterator[Hit]:
    """A day of the journey without its year, as 3/5 or 3.5."""
    known = {(day.day, day.month) for day in days}
    for match in re.finditer(r"(?<![\d/.])(\d{1,2})(?:/|\.(?=\d{1,2}\.))(\d{1,2})(?![\d/])", text):
        one, two = int(match[1]), int(match[2])
        if (one, two) in known or (two, one) in known:
            yield Hit(match.start(), match.end(), Sort.DATE)


def _at(read: Letters, sort: Sort, found: Iterable[tuple[int, int]]) -> Iterator[Hit]:
    for start, end in found:
        yield Hit(read.at[start], read.at[end - 1] + 1, sort)


# --- names ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _nicknamer() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=256)
def _parts(known: Known) -> frozenset[str]:
    """Every part of every name, and of the e-mail addresses' first halves, under each of its keys."""
    found: set[str] = set()
    for name in (*known.names, *known.called):
        words = [word for word in re.split(r"[\s,;/]+", name) if word]
        pieces = {*words, *(piece for word in words for piece in re.split(r"[-.’'_]", word)), name}
        for piece in pieces:
            found |= keys(piece)
        found |= keys(" ".join(reversed(words)))
    for email in known.emails:
        local = email.partition("@")[0]
        for piece in (local, *re.split(r"[\W\d_]+", local)):
            found |= {key.strip("0123456789") for key in keys(piece) if len(key) >= 3}
    return frozenset(key for key in found if len(key) > 1) - _PARTICLES - _ROLES


@lru_cache(maxsize=256)
def _short_forms(known: Known) -> frozenset[str]:
    """What the people of the journey may be called by those who know them, and what that may be short for."""
    namer, found = _nicknamer(), set()
    for part in _parts(known):
        # Margarethe is called what a Margaret is called
        for stem in (part[:length] for length in range(len(part), min(len(part), 5) - 1, -1)):
            near = namer.nicknames_of(stem) | namer.canonicals_of(stem)
            for other in namer.canonicals_of(stem):
                near |= namer.nicknames_of(other)
            found |= {key for one in near for key in keys(one) if len(key) > 2}
    return frozenset(found) - _parts(known)


def _named(read: Letters, text: str, known: Known) -> Iterator[tuple[int, int]]:
    for part in _parts(known):
        for start, end in places(read, part):
            if part not in SMALL_WORDS or _set_apart(read, start, end) or _is_a_name(read, text, start):
                yield start, end
        if len(part) >= 4:
            yield from places(read, part[::-1], endings=frozenset())
    for short in _short_forms(known):
        for start, end in places(read, short):
            if short not in SMALL_WORDS or _is_a_name(read, text, start):
                yield start, end
    yield from _beginnings(read, text, known)


def _set_apart(read: Letters, start: int, end: int) -> bool:
    return any(read.gaps[start + 1 : end])


def _is_a_name(read: Letters, text: str, place: int) -> bool:
    """Written with a capital where no sentence begins."""
    at = read.at[place]
    before = text[:at].rstrip()
    return text[at].isupper() and bool(before) and before[-1] not in ".!?:…\n"


def _beginnings(read: Letters, text: str, known: Known) -> Iterator[tuple[int, int]]:
    """A word that is the beginning of a name: *Marg.* for Margaret."""
    parts = _parts(known)
    for start, end in read.words():
        word = read.text[start:end]
        if len(word) < 3 or word in SMALL_WORDS or not word.isalpha():
            continue
        capital = text[read.at[start]].isupper()
        long = len(word) >= 5
        if any(
            (long and _once(part) == _once(word))
            or (
                len(word) < len(part)
                and part.startswith(word)
                and (capital or (long and len(word) >= 0.6 * len(part)))
            )
            for part in parts
        ):
            yield start, end


def _once(word: str) -> str:
    """A word with no letter doubled: one slip of the hand."""
    return re.sub(r"(.)\1+", r"\1", word)


def _swapped(text: str, sort: Sort, wanted: Iterable[str]) -> Iterator[Hit]:
    """Words in which digits or signs stand for letters; without one of those it is an ordinary word."""
    # at the end of a word such a sign is punctuation
    read = letters(re.sub(r"[!|$@]+(?![\w!|$@])", lambda match: " " * len(match[0]), text), sign)
    for part in wanted:
        if len(part) < 3:
            continue
        for start, end in places(read, part.replace("l", "i")):
            raw = text[read.at[start] : read.at[end - 1] + 1]
            if any(each in LEET for each in raw) and any(each.isalpha() for each in raw):
                yield Hit(read.at[start], read.at[end - 1] + 1, sort)


def _initials(text: str, known: Known) -> Iterator[Hit]:
    """Two or more initials in capitals: MW, M.W., M. W."""
    seen = _visible(text)
    for name in known.names:
        first = [keys(word) for word in re.split(r"[\s-]+", name) if word.lower() not in _PARTICLES]
        letters_of = [min(one)[0].upper() for one in first if one]
        if len(letters_of) < 2:
            continue
        for several in (letters_of, letters_of[::-1], [letters_of[0], letters_of[-1]]):
            pattern = r"(?<!\w)" + r"[\s.\-]{0,2}".join(map(re.escape, several)) + r"(?!\w)"
            for match in re.finditer(pattern, seen.text):
                yield Hit(seen.at[match.start()], seen.at[match.end() - 1] + 1, Sort.NAME)


# --- places and the service -----------------------------------------------------------------------------------


def _spots(read: Letters, spots: Iterable[str]) -> Iterator[tuple[int, int]]:
    for spot in spots:
        for key in _spot_keys(spot):
            yield from places(read, key, endings=frozenset({"s"}))


def _service(read: Letters, service: str) -> Iterator[tuple[int, int]]:
    """The service by its name, and by the letters it is called by."""
    yield from _spots(read, (service,))
    letters_of = "".join(word[0] for word in re.findall(r"[^\W_]+", service) if word[0].isupper())
    if len(letters_of) > 2:
        yield from places(read, letters_of.lower(), endings=frozenset())


@lru_cache(maxsize=1024)
def _spot_keys(spot: str) -> frozenset[str]:
    """A place by its whole lines and by the words that are its own: not *room*, but the name of the street."""
    found: set[str] = set()
    for line in re.split(r"[,;\n]+", spot):
        words = re.findall(r"[^\W_]+", line)
        own = [word for word in words if word.lower() not in _GENERIC and word[0].isupper()]
        # a plain number goes with a word; alone it could be any number
        if own or (len(words) > 1 and any(any(map(str.isdigit, word)) for word in words)):
            found |= keys("".join(words))
        found |= {key for word in own if len(word) > 3 and not word.isdigit() for key in keys(word)}
    return frozenset(key for key in found if len(key) > 2) - SMALL_WORDS


# --- putting together -----------------------------------------------------------------------------------------


def _apart(found: Iterable[Hit]) -> tuple[Hit, ...]:
    whole: list[Hit] = []
    for hit in sorted(found, key=lambda one: (one.start, -one.end)):
        if whole and hit.start < whole[-1].end:
            last = whole[-1]
            whole[-1] = Hit(last.start, max(last.end, hit.end), last.sort)
        else:
            whole.append(hit)
    return tuple(whole)


def reworded(own: str, originals: Iterable[str], *, run: int = 4) -> bool:
    """Whether words are somebody's own: no run of so many words of an original stands in them, nor most of a short one."""
    mine = _words(own)
    for original in originals:
        theirs = _words(original)
        length = len(theirs) if len(theirs) <= 2 else min(run, len(theirs) - 1)
        if not length:
            continue
        runs = {tuple(theirs[n : n + length]) for n in range(len(theirs) - length + 1)}
        if any(tuple(mine[n : n + length]) in runs for n in range(len(mine) - length + 1)):
            return False
    return True


def _words(text: str) -> list[str]:
    return [each for word in re.findall(r"[^\W_]+", text) for each in [letters(word, sound).text] if each]
