"""Numbers as people write them, and as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

CENT = Decimal("0.01")
LONGEST = 40
"""No number that belongs here is written with more characters; longer ones are not even looked at."""


def number_from(value: object) -> Decimal:
    """The number a person or a file wrote, exactly; ValueError with a kind sentence for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError(_("Please write a number."))
    text = _with_point(str(value).strip().replace("\N{MINUS SIGN}", "-"))
    try:
        number = Decimal(text) if 0 < len(text) <= LONGEST and "_" not in text else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(_("Please write a number."))
    return number


def _with_point(text: str) -> str:
    """A decimal comma as a point: 3,5 is three and a half, and never 35. With both signs it is anybody's guess."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def plain(number: Decimal, places: int = 2) -> str:
    """The number as people write it: at most two decimal places, none that says nothing, a true minus sign.

    A value has as many places as it was given: 0.64 and 0.6 are two numbers. What is worked out (a mean, a T-score) is
    said with one.
    """
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "\N{MINUS SIGN}")


def signed(number: Decimal, places: int = 2) -> str:
    """A change with its sign."""
    return ("+" if number > 0 else "") + plain(number, places)
