"""The table of OWASP ASVS holds every requirement once, names only what is there, and counts itself rightly."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "asvs.md").read_text(encoding="utf-8")

HOW_MANY = """
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
    5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2
    8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3
    11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
    14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
"""Of each section of version 5.0.0, how many requirements are of level 1 or 2; they are its first ones."""

REQUIREMENTS = [
    f"v5.0.0-{section}.{number}"
    for section, many in (part.split(":") for part in HOW_MANY.split())
    for number in range(1, int(many) + 1)
]
ANSWERS = ("met by", "not applicable because", "open")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


ROWS = [cells(line) for line in PAGE.splitlines() if line.startswith("| v5.0.0-")]
TABLE = [row for row in ROWS if len(row) == 4]
LIST_OF_OPEN = [row for row in ROWS if len(row) == 2]


def named(text: str) -> list[tuple[str, str]]:
    """Each path in backticks, with the test named in it, if there is one."""
    quoted = re.findall(r"`([\w./-]+\.(?:py|md|html|js|toml))(?:::(test_\w+))?`", text)
    return [(path, test) for path, test in quoted]


def test_every_requirement_is_in_the_table_once():
    assert len(REQUIREMENTS) == 253
    assert [row[0] for row in TABLE] == REQUIREMENTS
    assert len(ROWS) == len(TABLE) + len(LIST_OF_OPEN)


def test_every_row_has_an_answer_and_says_what_it_rests_on():
    for requirement, asks, answer, why in TABLE:
        assert answer in ANSWERS, requirement
        assert asks and why, requirement
        assert answer != "met by" or named(why), f"{requirement} names no test and no place"


def test_everything_named_is_there():
    found = [(row[0], *each) for row in TABLE for each in named(row[3])]
    gone = [
        (requirement, path, test)
        for requirement, path, test in found
        if not (ROOT / path).is_file()
        or (test and f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert not gone
    assert sum(bool(test) for _requirement, _path, test in found) > 100


def test_the_counts_and_the_list_of_open_ones_are_right():
    counts = Counter(row[2] for row in TABLE)
    said = {name: int(number) for name, number in re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", PAGE, re.M)}
    assert said == {
        "requirements": len(TABLE),
        "met": counts["met by"],
        "not applicable": counts["not applicable because"],
        "open": counts["open"],
    }
    assert [row[:2] for row in TABLE if row[2] == "open"] == LIST_OF_OPEN
    met = said["met"] + said["not applicable"]
    assert (met < 230) == (f"{230 - met} are missing" in PAGE)
