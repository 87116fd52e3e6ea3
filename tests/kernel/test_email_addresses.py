"""An address is one, however it was typed; what cannot be written to is refused with a sentence."""

import pytest
from django.core.mail import EmailMessage

from alongside.kernel.email_addresses import (
    BEYOND_ASCII,
    LONGEST,
    NOT_A_DOMAIN,
    NOT_AN_ADDRESS,
    TOO_LONG,
    normal_address,
    trouble_with,
)

SAME = {
    "ana+al@example.org": ["ana+al@example.org", "ANA+AL@EXAMPLE.org"],
    "o'neill@example.org": ["o'neill@example.org", "O'Neill@Example.Org"],
    "ana@example.org": [
        "ANA@Example.ORG",
        " ana@example.org ",
        "ana@example.org.",
        "ana＠example.org",
        "ana@example。org",
        "ana@ｅｘａｍｐｌｅ.org",
        *(
            f"ana@example.org{sign}"
            for sign in "\u200b\u2060\u200e\u200f\u00ad\ufeff\u00a0\u3000\u200d\u202c\u180e"
        ),
        *(f"{sign}ana@example.org" for sign in "\ufeff\u200b\u202a\u2066\u3164\u2800"),
        *(f"a{sign}na@exa{sign}mple.org" for sign in "\u00ad\u200b\u200c\u2060\u034f\ufe0f"),
    ],
    "ana@xn--bcher-kva.example": [
        "ana@bücher.example",
        "ana@BÜCHER.example",
        "ana@bu\u0308cher.example",
        "ana@bü\u00adcher.exam\u200bple",
        "ana@xn--bcher-kva.example",
        "ana@XN--BCHER-KVA.example",
    ],
    "ana@xn--r8jz45g.xn--zckzah": ["ana@例え.テスト"],
    "ana@xn--strae-oqa.example": ["ana@straße.example"],
    # in Persian the joiner is a letter's shape: without it, it is another domain
    "ana@xn--mgba3gch31f060k.example": ["ana@نامه\u200cای.example"],
}

REFUSED = {
    "jörg@example.org": BEYOND_ASCII,
    "İrem@example.org": BEYOND_ASCII,
    "mi\u212ae@example.org": BEYOND_ASCII,  # the sign of Kelvin has a plain k as its small letter
    "анна@example.org": BEYOND_ASCII,
    "a" * 65 + "@example.org": TOO_LONG,
    "a@" + ".".join(["b" * 60] * 5) + ".org": TOO_LONG,
    "ana@" + "ü" * 60 + ".example": NOT_A_DOMAIN,
    "ana@-ü-.example": NOT_A_DOMAIN,
    "ana": NOT_AN_ADDRESS,
    "@example.org": NOT_AN_ADDRESS,
    "ana@": NOT_AN_ADDRESS,
    "an a@example.org": NOT_AN_ADDRESS,
    '"ana costa"@example.org': NOT_AN_ADDRESS,
    '"a,b"@example.org': NOT_AN_ADDRESS,
    "ana@@example.org": NOT_AN_ADDRESS,
    "ana@exam\nple.org": NOT_AN_ADDRESS,
    "ana\x00@example.org": NOT_AN_ADDRESS,
    "ana@example.org\r\nBcc: x@example.org": NOT_AN_ADDRESS,
}


@pytest.mark.parametrize(("kept", "typed"), [(kept, each) for kept, all_ in SAME.items() for each in all_])
def test_one_address_is_one_however_it_was_typed(kept, typed):
    assert normal_address(typed) == kept
    assert normal_address(kept) == kept
    assert trouble_with(kept) == ""


@pytest.mark.parametrize(("typed", "sentence"), REFUSED.items())
def test_what_cannot_be_written_to_is_refused_with_a_sentence(typed, sentence):
    assert trouble_with(normal_address(typed)) == sentence


def test_the_longest_address_there_can_be_is_taken():
    address = "a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".example"[: LONGEST - 64 - 1 - 182]
    assert trouble_with(address) == ""


@pytest.mark.parametrize("kept", SAME)
def test_no_address_that_is_taken_becomes_an_encoded_word(kept):
    """RFC 2047 5: never in an address."""
    message = EmailMessage("Hello", "Hello", to=[kept]).message()
    assert message["To"] == kept
