"""Every sentence of the catalogue, found where it is written: in code and in templates."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1]
CALLS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
}
_TRANSLATE = re.compile(r"\{%\s*(?:translate|trans)\s+(?:\"([^\"]*)\"|'([^']*)')")
_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")


def sentences() -> dict[str, list[str]]:
    """Each file that speaks to people, and what it says: paths from the package, sentences in order of writing."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(SOURCE.rglob("*")):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        read = {".py": _of_code, ".html": _of_template, ".txt": _of_template}.get(file.suffix)
        for sentence in read(file.read_text(encoding="utf-8")) if read else ():
            if sentence.strip() and sentence not in found[str(file.relative_to(SOURCE))]:
                found[str(file.relative_to(SOURCE))].append(sentence)
    return {file: said for file, said in found.items() if said}


def _of_code(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _name(node.func) in CALLS:
            for given in node.args:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _of_template(text: str) -> Iterator[str]:
    for match in _TRANSLATE.finditer(text):
        yield match[1] or match[2] or ""
    for match in _BLOCK.finditer(text):
        yield from _PLURAL.split(match[1])
