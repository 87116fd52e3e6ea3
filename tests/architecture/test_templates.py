"""Lines of templates are broken where nobody sees it, and what is served has no indentation."""

from __future__ import annotations

import re
import sys

import pytest

from alongside.ui.template_files import without_indentation
from tests.served import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import templates

LONG = 160
PAD = "a-class " * 14
SHORT = "a-class " * 9


def broken(line: str) -> list[str]:
    return [piece.strip() for piece in templates.formatted(line).split("\n")]


def test_a_line_is_broken_beside_a_block() -> None:
    line = f'<ul class="{SHORT}"><li>one</li><li>two and more</li></ul>'
    assert broken(line) == [f'<ul class="{SHORT}"><li>one</li><li>two and more</li>', "</ul>"]


@pytest.mark.parametrize(
    "line",
    [
        f'<b class="{PAD}">one</b><i>two</i>',
        f'<h2 class="{PAD}">{{{{ words }}}}</h2>',
        f"<h2>{{% translate '{PAD}' %}}{{% if more %}}{{{{ more }}}}{{% endif %}}</h2>",
        f'<textarea name="x">{PAD} {PAD}</textarea>',
        f'<p class="compare-text">{PAD} {PAD}</p>',
        f"{{% blocktranslate %}}{PAD} {PAD}{{% endblocktranslate %}}",
        f"<pre>{PAD} {PAD}</pre>",
    ],
)
def test_a_space_that_would_be_seen_is_not_made(line: str) -> None:
    """A line may end where a space is already, and nowhere else."""
    spaces = re.compile(r"\s+")
    assert spaces.sub(" ", templates.formatted(line)) == spaces.sub(" ", line)


def test_attributes_that_depend_on_something_are_broken_before_it() -> None:
    line = f'<input name="x" class="{SHORT}"{{% if one > 2 %}} value="{{{{ one }}}} and more"{{% endif %}}>'
    assert broken(line) == [
        f'<input name="x" class="{SHORT}"{{% if one > 2 %}}',
        'value="{{ one }} and more"{% endif %}>',
    ]


@pytest.mark.parametrize("file", templates.templates(), ids=lambda file: file.name)
def test_breaking_adds_white_space_only_and_comes_to_an_end(file) -> None:
    text = file.read_text()
    once = templates.formatted(text)
    assert re.sub(r"\s+", "", once) == re.sub(r"\s+", "", text)
    assert templates.formatted(once) == once


def test_hardly_a_line_is_longer_than_one_reads() -> None:
    """What remains is one sentence each, or an inclusion with all it is given."""
    lines = [line for file in templates.templates() for line in file.read_text().split("\n")]
    too_long = sum(len(line) for line in lines if len(line) > LONG)
    assert too_long / sum(map(len, lines)) < 0.02


def test_indentation_is_not_served() -> None:
    text = "<ul>\n  <li>\n    one\n\n  </li>\n</ul>\n<textarea>\n  as typed\n</textarea>\n  <p>"
    assert without_indentation(text) == "<ul><li>one\n</li></ul><textarea>\n  as typed\n</textarea>\n<p>"


def test_a_tag_is_served_on_one_line() -> None:
    text = '<b\n  class="a"\n  {% if one > 2 %}id="b"{% endif %}>one</b>\n<b>two'
    assert without_indentation(text) == '<b class="a" {% if one > 2 %}id="b"{% endif %}>one</b>\n<b>two'


def test_beside_a_block_there_is_no_space_and_beside_anything_else_it_stays() -> None:
    text = "<p>one</p>\n{% if a %}\n<p>{{ a }}</p>\n{% endif %}\n</div>\n<form>\n</form>\n<i>\n2</i>\n<b>3</b>\n<p>"
    without = "<p>one</p>{% if a %}<p>{{ a }}</p>{% endif %}</div><form>\n</form>\n<i>\n2</i>\n<b>3</b><p>"
    assert without_indentation(text) == without


@pytest.mark.parametrize("file", templates.templates(), ids=lambda file: file.name)
def test_where_faults_are_looked_for_lines_keep_their_numbers(file) -> None:
    """A tag of several lines counts as its first; after the end of its last all is as in the file."""
    text = file.read_text()
    served = without_indentation(text, numbered=True)
    assert served.count("\n") == text.count("\n")


def test_what_a_translator_reads_is_the_sentence_in_the_file() -> None:
    text = "<p>\n  {% blocktranslate %}One\n  two{% endblocktranslate %}\n  </p>"
    assert without_indentation(text) == "<p>{% blocktranslate %}One\n  two{% endblocktranslate %}\n</p>"
