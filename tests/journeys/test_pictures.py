"""The pictures of the README, made from the demo. `PICTURES=1` writes them anew; otherwise the pages are looked at."""

import os
import re
from pathlib import Path

import pytest

from alongside.demo.furnish import furnish

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
WIDE, PHONE = 1440, 390

# name, persona, whose journey it is (as the caseload names it), address within the journey, width, dark
SHOWN = [
    ("journey-1440-light", "patient", "Daniel Reyes", "", WIDE, False),
    ("journey-1440-dark", "patient", "Daniel Reyes", "", WIDE, True),
    ("meeting-1440-light", "clinician", "Margaret Whitlock", "sessions/5/", WIDE, False),
    ("preparation-390-light", "student", "Miriam Okafor", "first-meeting/preparation/", PHONE, False),
    ("ending-1440-light", "clinician", "Inês Duarte", "ending/then-and-now/", WIDE, False),
    ("keepsake-390-light", "clinician", "Inês Duarte", "ending/keepsake/", PHONE, False),
]


@pytest.mark.django_db(transaction=True)
def test_the_pictures_of_the_readme_are_of_pages_that_stand(new_context):
    furnish()
    for name, persona, other, path, width, dark in SHOWN:
        context = new_context(width=width, dark=dark)
        context.request.post("/demo/sign-in", form={"persona": persona})
        caseload = context.request.get("/journeys/").text()
        journey = re.search(rf'/journeys/([0-9a-f-]{{36}})/"[^>]*>\s*{other}', caseload)
        assert journey, f"{persona} has no journey with {other}"
        page = context.new_page()
        answer = page.goto(f"/journeys/{journey[1]}/{path}")
        assert answer and answer.status == 200, name
        assert page.locator("main h1").count() == 1, name
        if os.environ.get("PICTURES"):
            PICTURES.mkdir(exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png")


def test_every_picture_the_readme_shows_is_there():
    shown = re.findall(r"\(docs/pictures/([a-z0-9-]+)\.png\)", (ROOT / "README.md").read_text())

    assert len(shown) >= 4
    assert {*shown} <= {name for name, *_rest in SHOWN}
    assert all((PICTURES / f"{name}.png").stat().st_size > 10_000 for name in shown)
