"""Numbers as people write them, and as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

LONGEST = 40
"""No number that belongs here is written with more characters; longer ones are not even looked at."""


def number_from(value: object) -> Decimal:
    """The number a person or a file wrote, exactly; ValueError with a kind sentence for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError(_("Please write a number."))
    text = str(value).strip().replace("\N{MINUS SIGN}", "-")
    try:
        number = Decimal(text) if 0 < len(text) <= LONGEST and "_" not in text else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(_("Please write a number."))
    return number


def plain(number: Decimal) -> str:
    """The number as people write it: at most one decimal place, none that says nothing, a true minus sign."""
    rounded = number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) + 0
    text = f"{rounded:f}".removesuffix(".0")
    return text.replace("-", "\N{MINUS SIGN}")


def signed(number: Decimal) -> str:
    """A change with its sign."""
    return ("+" if number > 0 else "") + plain(number)
