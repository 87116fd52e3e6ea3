"""A colour an organisation chooses: whether it can be seen on our paper by day and by night, and the nearest that can.

It is drawn, never written in, so WCAG 2.2 asks for a contrast of 3 to 1 with what lies behind it (1.4.11).
"""

from __future__ import annotations

import colorsys
import re

LIGHT, DARK = "#faf7f0", "#211e1a"
"""The paper of light and dark pages, as `scss/_tokens.scss` has them."""
LEAST = 3.0
_COLOUR = re.compile(r"^#[0-9a-f]{6}$")
_STEPS = 255


def is_colour(typed: str) -> bool:
    """Whether this is a colour as we write it: # and six signs."""
    return bool(_COLOUR.match(typed))


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21, as WCAG reckons."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def hard_to_see_on(colour: str) -> tuple[str, ...]:
    """On which of our papers it is too faint: LIGHT, DARK, or none of them."""
    return tuple(paper for paper in (LIGHT, DARK) if contrast(colour, paper) < LEAST)


def nearest_allowed(colour: str) -> str:
    """The colour itself, or the same one so much darker or lighter that it is seen on both papers."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    start = round(lightness * _STEPS)
    near = sorted(range(_STEPS + 1), key=lambda step: (abs(step - start), step))
    tried = (_hex(hue, step / _STEPS, saturation) if step != start else colour for step in near)
    return next(each for each in tried if not hard_to_see_on(each))


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(
        f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation)
    )
