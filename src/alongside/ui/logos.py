"""A logo is checked by what is in the file, not by its name: a PNG picture, or an SVG drawing without scripts.

What is stored is not the file that came but what was understood of it: a PNG without the notes cameras and editors leave
in it, a drawing with nothing but lines, shapes and text. So nothing that was not looked at is ever sent to anybody.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from django.utils.translation import gettext as _

MOST_BYTES = 20 * 1024
"""A first visit takes about 115 kB without a logo, and 150 kB at most with one."""
MOST_PIXELS = 1_000
PNG, SVG = "image/png", "image/svg+xml"

_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs"}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}

_SVG_SPACE, _LINK_SPACE = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_DRAWN = frozenset(
    {"svg", "g", "defs", "symbol", "use", "title", "desc", "style", "clipPath", "mask", "pattern"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
    | {"linearGradient", "radialGradient", "stop"}
)
_LEFT_OUT = frozenset({"metadata"})
_REACHES_OUT = re.compile(
    r"url\(\s*['\"]?\s*(?!['\"#])|javascript:|data:|@import|expression\(|\\", re.IGNORECASE
)


class NotALogo(ValueError):
    """With one kind sentence."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that may be shown, and how large it is drawn."""

    content: bytes
    media_type: str
    width: int
    height: int


def checked_logo(content: bytes) -> Logo:
    """The logo in this file. NotALogo where there is none, or more than a picture."""
    if len(content) > MOST_BYTES:
        raise NotALogo(_("This file is larger than 20 kB. Please save the logo smaller, or as SVG."))
    return _png(content) if content.startswith(_PNG_BEGINS) else _svg(content)


# --- PNG --------------------------------------------------------------------------------------------------------


def _png(content: bytes) -> Logo:
    try:
        parts = list(_png_parts(content))
        width, height = _measured(parts)
    except (struct.error, zlib.error, ValueError, KeyError, IndexError) as error:
        raise NotALogo(_("This PNG file is damaged. Please save the logo again.")) from error
    if max(width, height) > MOST_PIXELS:
        raise NotALogo(_("This picture is larger than 1,000 pixels on a side. Please save it smaller."))
    _demand_whole(parts, width, height)
    kept = b"".join(_png_part(name, data) for name, data in parts if name in _PNG_PARTS)
    return Logo(_PNG_BEGINS + kept, PNG, width, height)


def _png_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, name = len(_PNG_BEGINS), b""
    while name != b"IEND":
        length, name = struct.unpack(">I4s", content[place : place + 8])
        data = content[place + 8 : place + 8 + length]
        (sum_,) = struct.unpack(">I", content[place + 8 + length : place + 12 + length])
        if zlib.crc32(name + data) != sum_:
            raise ValueError("a part does not add up")
        yield name, data
        place += 12 + length


def _png_part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _measured(parts: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    name, data = parts[0]
    width, height = struct.unpack(">II", data[:8])
    if name != b"IHDR" or not width or not height or data[9] not in _CHANNELS:
        raise ValueError("no picture")
    return width, height


def _demand_whole(parts: list[tuple[bytes, bytes]], width: int, height: int) -> None:
    """All rows are there, and no more: a small file must not become a huge picture."""
    head = parts[0][1]
    rows = height * (1 + (width * head[8] * _CHANNELS[head[9]] + 7) // 8)
    # interlaced, each of seven passes has rows of its own
    most = rows if head[12] == 0 else 2 * rows + 64
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(b"".join(data for name, data in parts if name == b"IDAT"), most + 1)
    except zlib.error as error:
        raise NotALogo(_("This PNG file is damaged. Please save the logo again.")) from error
    if not rows <= len(unpacked) <= most:
        raise NotALogo(_("This PNG file is damaged. Please save the logo again."))


# --- SVG --------------------------------------------------------------------------------------------------------


def _svg(content: bytes) -> Logo:
    try:
        text = content.decode("utf-8-sig")
        if re.search(r"<!(ENTITY|DOCTYPE[^>]*\[)", text, re.IGNORECASE):
            raise NotALogo(_more_than_a_drawing())
        root = ElementTree.fromstring(text)  # noqa: S314 (no entities are left, and nothing is loaded)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        if isinstance(error, NotALogo):
            raise
        raise NotALogo(_("This file is neither a PNG picture nor an SVG drawing.")) from error
    if root.tag != f"{{{_SVG_SPACE}}}svg":
        raise NotALogo(_("This file is neither a PNG picture nor an SVG drawing."))
    _keep_the_drawing(root)
    width, height = _drawn_size(root)
    ElementTree.register_namespace("", _SVG_SPACE)
    ElementTree.register_namespace("xlink", _LINK_SPACE)
    return Logo(ElementTree.tostring(root, encoding="utf-8"), SVG, width, height)


def _more_than_a_drawing() -> str:
    return _(
        "This SVG file has more in it than a drawing, such as a script. Please export it again as plain SVG."
    )


def _keep_the_drawing(element: ElementTree.Element) -> None:
    """What editors write for themselves is left out; a script, or anything that leads elsewhere, is refused."""
    _check_attributes(element)
    if element.tag == f"{{{_SVG_SPACE}}}style" and _REACHES_OUT.search(element.text or ""):
        raise NotALogo(_more_than_a_drawing())
    for child in list(element):
        space, _brace, name = str(child.tag).removeprefix("{").rpartition("}")
        if space != _SVG_SPACE or name in _LEFT_OUT:
            element.remove(child)
        elif name not in _DRAWN:
            raise NotALogo(_more_than_a_drawing())
        else:
            _keep_the_drawing(child)


def _check_attributes(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        space, _brace, bare = name.removeprefix("{").rpartition("}")
        if bare.lower().startswith("on") or _REACHES_OUT.search(value):
            raise NotALogo(_more_than_a_drawing())
        if bare == "href" and not value.startswith("#"):
            raise NotALogo(_more_than_a_drawing())
        if space not in ("", _LINK_SPACE):
            del element.attrib[name]


def _drawn_size(root: ElementTree.Element) -> tuple[int, int]:
    """As `viewBox` says, else as width and height do; scaled to be at most a thousand."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    try:
        width, height = (float(re.sub(r"(px|pt|mm|cm|in)$", "", side.strip())) for side in sides)
    except ValueError:
        width = height = 0.0
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise NotALogo(
            _("This drawing does not say how large it is. Please export it with a width and a height.")
        )
    if len(box) != 4:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    scale = min(1.0, MOST_PIXELS / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
