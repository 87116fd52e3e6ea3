"""Draws the icons of a phone's home screen from the mark: on paper, with room round it for a mask of any shape.

    .venv/bin/python tools/icons.py

The icons are committed: they change only when the mark does. `tests/ui/test_home_screen.py` holds them to their sizes.
"""

import re
from pathlib import Path

import vl_convert

UI = Path(__file__).resolve().parent.parent / "src" / "alongside" / "ui" / "static" / "ui"
SIZES = (180, 192, 512)
PAPER = "#faf7f0"
# Of a maskable icon only a circle of 80 % of its width is sure to be seen.
ROUND_IT = 12


def drawing(size: int) -> str:
    """The mark in the middle of a square of paper, `size` points wide."""
    mark = (UI / "mark.svg").read_text()
    strokes = "".join(re.findall(r"<path[^>]*/>", mark))
    side = 32 + 2 * ROUND_IT
    box = f"{-ROUND_IT} {-ROUND_IT} {side} {side}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="{box}">'
        f'<rect x="{-ROUND_IT}" y="{-ROUND_IT}" width="{side}" height="{side}" fill="{PAPER}"/>{strokes}</svg>'
    )


def main() -> None:
    for size in SIZES:
        png = vl_convert.svg_to_png(drawing(size), ppi=72)
        (UI / "icons" / f"icon-{size}.png").write_bytes(png)


if __name__ == "__main__":
    main()
