"""An address as a QR code, drawn as one path: the same in a page, in a file and on paper."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""Modules left white around it, as the standard asks for."""


@dataclass(frozen=True)
class Code:
    """`path` is the `d` of an SVG path in a square of `size` units; what it leads to stands beside it as words."""

    path: str
    size: int


def code(address: str) -> Code:
    """With a correction that bears a crease or a coffee stain (15 %)."""
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    made.add_data(address)
    made.make(fit=True)
    rows = made.get_matrix()
    runs = [
        f"M{start} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for start, length in _runs(row)
    ]
    return Code("".join(runs), len(rows))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
