"""Steps of the story: then and now, both voices, what is taken along, the keepsake."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .beginnings import Walk
from .walker import Walker


def begins_the_ending(walk: Walk, walker: Walker) -> None:
    walker.opens(walk.room("ending/"))
    walker.makes_sure("Begin the ending")
    walker.sees("The parts of the ending")


def says_how_it_is_today(walk: Walk) -> None:
    """Today's picture is taken beside the first one; then both are on one page."""
    participant, tale = walk.participant, walk.tale
    participant.opens(walk.room("ending/then-and-now/"))
    participant.follows("Take today's picture")
    section = f"section:has(h2:text-is({tale.need!r}))"
    participant.page.locator(f"{section} [name^=rating_][value='8']").first.check(force=True)
    participant.page.locator(f"{section} [name^=words_]").fill(tale.need_then)
    participant.page.locator(f"{section} [name^=reading_][value='1']").first.check(force=True)
    participant.presses("Save today's picture")
    participant.sees(tale.need_now, tale.need_then)


def answer_how_it_has_gone(walk: Walk) -> None:
    """Neither reads the other until both are ready."""
    for walker, words in ((walk.guide, walk.tale.seen), (walk.participant, walk.tale.benefit)):
        walker.opens(walk.room("ending/looking-back/"))
        walker.writes(walker.page.locator("form[data-words]").first, words)
    walk.participant.opens_again()
    walk.participant.does_not_see(walk.tale.seen)
    for walker in walk.both:
        walker.makes_sure("I am ready to show mine")
    for walker in walk.both:
        walker.opens(walk.room("ending/looking-back/"))
        walker.sees(walk.tale.seen, walk.tale.benefit)


def writes_down_what_to_take_along(walk: Walk) -> None:
    participant, tale = walk.participant, walk.tale
    participant.opens(walk.room("ending/taking-with-me/"))
    _adds(participant, "key_point", what=tale.key_point)
    _adds(participant, "strategy", what=tale.when, then=tale.then)


def _adds(walker: Walker, sort: str, **fields: str) -> None:
    form = f"#add-{sort}"
    if walker.page.locator(form).get_attribute("open") is None:
        walker.page.locator(f"{form} > summary").click()
    walker.fills(form, **fields)
    walker.presses("Save", within=form)
    walker.sees(fields["what"])


def says_who_goes_on_helping(walk: Walk, walker: Walker) -> None:
    walker.opens(walk.room("ending/support/"))
    walker.page.locator("#add-support [name=category]").first.check()
    _adds(walker, "support", what=walk.tale.support, then="07700 900123")


def says_what_remains(walk: Walk, walker: Walker) -> None:
    """Words where the kind wants them in any case; else one press for each: there is nothing."""
    walker.opens(walk.room("ending/closing/"))
    for box in walker.page.locator("section[id^=matter-] form[data-words]").all():
        key = box.get_attribute("id")
        if not walker.page.locator(f"section:has(#{key}) form.act").count():
            walker.writes(box, "It is written down here.")
    while walker.page.locator("section[id^=matter-] form.act button").count():
        walker.presses(re.compile("."), within="section[id^=matter-] form.act >> nth=0")
    walker.presses("As our agreement says")
    walker.sees(re.compile("^It is stored as long as your agreement says"))


def acknowledge_the_end(walk: Walk) -> None:
    """The first does it with one tap; with the second it closes for good, so that one is asked once more."""
    participant, guide = walk.participant, walk.guide
    participant.opens(walk.room("ending/closing/"))
    participant.presses("I acknowledge it")
    participant.sees(re.compile("^Acknowledged on"))
    guide.opens(walk.room("ending/closing/"))
    guide.makes_sure("I acknowledge it")
    guide.sees("Keepsake")


def keeps_the_keepsake(walk: Walk) -> None:
    participant, tale = walk.participant, walk.tale
    participant.opens(walk.address)
    participant.does_what_is_next()
    participant.opens(walk.room("ending/keepsake/"))
    told = (
        tale.need, tale.need_now, tale.need_then, tale.benefit, tale.key_point, tale.when, tale.then, tale.support
    )  # fmt: skip
    participant.sees(*told)
    participant.sees(f"This belongs to {tale.participant}.")
    participant.does_not_see(tale.private)
    expect(participant.page.locator("article.keepsake")).to_be_visible()
