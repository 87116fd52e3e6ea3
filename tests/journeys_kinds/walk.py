"""Two people walk a template from its first question to the keepsake, by the forms their own pages show them."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass

from django.core import mail
from django.test import Client
from django.utils.html import escape
from pypdf import PdfReader

from alongside.goals.models import TargetWording
from alongside.journeys.kinds import Kind, Template
from alongside.measures.catalogue import measure
from tests.html_forms import PageForm, forms_of

LEVELS = ("much less than hoped", "less", "as hoped", "more", "much more")
NAME = "Robin Reed"
OFTEN = {7: "every week", 14: "every two weeks", 21: "every three weeks", 28: "every four weeks"}
OTHERS_SAY = {
    "supervision": "mentee|mentoring",
    "mentoring": "clinician|supervisee|treatment",
    "treatment": "mentee|mentor|mentoring|supervisee",
}
"""Words of the other kinds that no page of this kind has a reason to say."""


def visible(page: str) -> str:
    """What a page shows, without its head and its tags."""
    body = page[page.index("<body") :]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@dataclass
class Walk:
    """A guide and a participant, each in a browser without JavaScript."""

    kind: Kind
    template: Template
    guide: Client
    participant: Client
    now: dt.datetime
    root: str = ""

    @property
    def both(self) -> tuple[Client, Client]:
        return self.guide, self.participant

    # --- what a step is made of ---------------------------------------------------------------------------------

    def page(self, client: Client, path: str) -> str:
        answer = client.get(self.root + path, follow=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        page = str(answer.content.decode())
        foreign = re.findall(rf"(?i)\b({OTHERS_SAY[self.kind.slug]})s?\b", visible(page))
        assert not foreign, f"{path} of {self.kind.slug} says {foreign}"
        return page

    def forms(self, client: Client, path: str, action: str) -> list[PageForm]:
        """The forms of a page whose address, without what stands behind a question mark, matches."""
        found = forms_of(client, self.root + path)
        return [form for form in found if re.search(action, form.action.split("?")[0])]

    def sends(self, client: Client, path: str, action: str, **typed: str | list[str]) -> None:
        """Fill in the first such form of a page and send it. It is taken: nothing was missing, and nothing refused."""
        forms = self.forms(client, path, action)
        assert forms, f"{path} has no form sent to {action}"
        answer = forms[0].send(client, **typed)
        said = re.findall(
            r'class="(?:field-error|form-errors)[^"]*"[^>]*>(.*?)</', answer.content.decode(), re.S
        )
        assert answer.status_code == 302, f"{path} {action}: {answer.status_code} {said}"
        self.came = answer

    def writes(self, client: Client, path: str, action: str, words: str) -> int:
        """Write in every box of a page that is sent there; how many there were."""
        forms = self.forms(client, path, action)
        for number, form in enumerate(forms):
            assert form.send(client, text=f"{words} {number}").status_code == 302
        return len(forms)

    # --- room by room -------------------------------------------------------------------------------------------

    def begins(self) -> None:
        """The template fills in how long, how often and how many times; that is what the journey begins with."""
        begin = f"/journeys/begin/?kind={self.kind.slug}&template={self.template.slug}"
        (form,) = (one for one in forms_of(self.guide, begin) if one.action == begin)
        pace = {name: form.fields[name][0] for name in ("meeting_minutes", "every_days", "planned_meetings")}
        shape = self.template
        assert pace == {
            "meeting_minutes": str(shape.meeting_minutes),
            "every_days": str(shape.frequency.every_days),
            "planned_meetings": str(shape.planned_meetings),
        }
        answer = form.send(self.guide, name=NAME, email="robin@example.org")
        self.root = answer["Location"]
        self.sends(self.guide, "invite/", "/invite/$")
        link = re.findall(r"https?://[^/\s]+(/invitation/\S+)", mail.outbox[-1].body)[0]
        accept = [form for form in forms_of(self.participant, link) if "/invitation/" in form.action]
        assert accept[0].send(self.participant).status_code == 302

    def books(self, when: dt.datetime, **more: str) -> None:
        form = self.forms(self.guide, "environment/book/", "/book/$")[0]
        assert form.fields["minutes"] == [str(self.template.meeting_minutes)]
        given = {"date": f"{when:%Y-%m-%d}", "time": f"{when:%H:%M}", **more}
        self.sends(self.guide, "environment/book/", "/book/$", **given)

    def prepares(self) -> None:
        for client, questions in (
            (self.guide, self.template.guide_preparation or self.kind.guide_preparation),
            (self.participant, self.template.preparation or self.kind.preparation),
        ):
            page = self.page(client, "first-meeting/preparation/")
            assert all(_as_html(one.text) in page for one in questions)
            asked = self.writes(client, "first-meeting/preparation/", "/words/answer-", "My answer")
            assert asked >= len(questions)
            self.sends(client, "first-meeting/preparation/", "/send/$")

    def agrees_on_goals(self) -> None:
        """Every suggested need, target and first step is taken up; the other agrees to each."""
        goals = "first-meeting/goals/"
        for _need in self.template.suggested_needs:
            self.sends(self.participant, goals, "/suggestion/$")
        for index, one in enumerate(self.template.suggested_targets):
            self.proposes(index, one.measure_key)
        self.agree_to_all("/agree/$")
        for _step in self.template.first_steps:
            self.takes_a_step()

    def proposes(self, index: int, key: str) -> None:
        page = self.page(self.participant, "first-meeting/goals/")
        (path, *_more) = re.findall(rf'href="{self.root}(first-meeting/needs/[0-9a-f-]+/target/)', page)
        form = self.forms(self.participant, f"{path}?suggestion={index}", "/target/$")[0]
        assert form.fields["measure"] == [key]
        given = way(key)
        typed = {name: given[name] for name in ("baseline", "aim") if name in form.fields | form.choices}
        if key == "gas":
            names = ("much_less", "less", "expected", "more", "much_more")
            typed |= {f"level_{name}": text for name, text in zip(names, LEVELS, strict=True)}
            typed.pop("aim", None)
        answer = form.send(self.participant, **typed)
        assert answer.status_code == 302, re.findall(r"field-error[^>]*>(.*?)<", answer.content.decode())

    def agree_to_all(self, action: str) -> None:
        for client in self.both:
            while forms := self.forms(client, "first-meeting/goals/", action):
                assert forms[0].send(client).status_code == 302

    def takes_a_step(self) -> None:
        suggested = [
            form
            for form in self.forms(self.guide, "first-meeting/goals/", "/suggestion/$")
            if "step" in str(form.fields)
        ]
        assert suggested[0].send(self.guide).status_code == 302

    def takes_the_starting_picture(self) -> None:
        form = self.forms(self.participant, "first-meeting/picture/", "/take/$")[0]
        ratings = dict.fromkeys(form.choices, "3")
        said = {name: "As it is now." for name in form.fields if name.startswith("words_")}
        assert form.send(self.participant, **ratings, **said).status_code == 302

    def agrees_on_how(self) -> None:
        """The agreement as the template has it: its texts, and how long, how often and how many times."""
        there = "first-meeting/agreement/"
        self.sends(self.guide, there, "/begin/$")
        assert not self.forms(self.guide, there, "/texts/$"), "every ready text is in place"
        form, shape = self.forms(self.guide, there, "/frame/$")[0], self.template
        assert form.fields["every_days"] == [str(shape.frequency.every_days)]
        assert form.fields["planned_meetings"] == [str(shape.planned_meetings)]
        review = self.now + dt.timedelta(days=42)
        self.sends(self.guide, there, "/frame/$", review_on=f"{review:%Y-%m-%d}")
        for box in self.forms(self.guide, there, "/words/"):
            if not box.fields["text"][0].strip():
                assert box.send(self.guide, text="As we said. Anna, 01632 960 101").status_code == 302
        self.sends(self.guide, there, "/propose/$")
        for client in self.both:
            form = self.forms(client, there, "/accept/$")[0]
            page = visible(self.page(client, there))
            assert (
                f"How often {OFTEN[shape.frequency.every_days]} How long {shape.meeting_minutes} minutes "
                f"Number planned {shape.planned_meetings} "
            ) in page
            assert form.send(client, typed_name="Agreed").status_code == 302
        self.books(self.now - dt.timedelta(days=1), already_held="on")

    def meets(self) -> None:
        """The second meeting: opened, the first steps reviewed, a new one planned, closed, acknowledged, answered."""
        self.books(self.now + dt.timedelta(minutes=5))
        meeting = "sessions/2/"
        self.sends(self.guide, meeting, "/start/$")
        page = self.page(self.participant, meeting)
        assert all(_as_html(part.title) in page for part in self.template.parts)
        assert all(_as_html(step) in page for step in self.template.first_steps)
        review = self.forms(self.participant, meeting, "/review/$")[0]
        states = {name: "done" for name in review.choices if name.startswith("state_")}
        words = {name: "It helped to begin small." for name in review.fields if name.startswith("word_")}
        assert len(states) == len(self.template.first_steps)
        assert review.send(self.participant, **states, **words).status_code == 302
        assert (
            self.writes(self.guide, meeting, "/words/(review|direction|issues|plan|summary)/$", "Noted") == 5
        )
        self.sends(self.guide, meeting, "/steps/$", text="One more thing")
        self.sends(self.guide, meeting, "/close/$", safety_raised="no")
        self.sends(self.participant, meeting, "/acknowledge/$")
        answers = dict.fromkeys(("matters", "plan", "listened", "next_step"), "8")
        self.sends(self.participant, meeting + "questions/", "/questions/$", **answers)
        # the path says how far it is
        assert f"2 of {self.template.planned_meetings}" in self.page(self.participant, "")

    def ends(self) -> None:
        self.sends(self.guide, "ending/", "/ending/begin/$")
        self.looks_at_today()
        for client in self.both:
            assert self.writes(client, "ending/looking-back/", "/ending/words/", "In my words") >= 3
        for client in self.both:
            self.sends(client, "ending/looking-back/", "/ready/$")
        taking = "ending/taking-with-me/"
        self.sends(self.participant, taking, "/taking-with-me/[0-9a-f-]+/$")
        for sort, given in (
            ("key_point", {"what": "Ask early."}),
            ("strategy", {"what": "it gets late", "then": "I will stop"}),
            ("early_sign", {"what": "I sleep badly", "then": "I ring somebody"}),
        ):
            forms = self.forms(self.participant, taking, "/entries/add/$")
            (form,) = (each for each in forms if each.fields["sort"] == [sort])
            assert form.send(self.participant, **given).status_code == 302
        who = {"what": "Somebody near", "then": "by telephone", "link": "020 7946 0958"}
        category = self.kind.support_categories[0].key
        self.sends(self.participant, "ending/support/", "/entries/add/$", category=category, **who)
        self.says_what_remains()
        for client in (self.participant, self.guide):
            self.sends(client, "ending/closing/", "/acknowledge/$")

    def looks_at_today(self) -> None:
        form = self.forms(self.participant, "ending/then-and-now/today/", "/today/$")[0]
        names = form.fields | form.choices
        said = {name: "As it is at the end." for name in names if name.startswith("words_")}
        said |= {name: "7" for name in names if name.startswith("rating_")}
        for name in names:
            if name.startswith("reading_"):
                wording = TargetWording.objects.get(target=name.removeprefix("reading_"))
                said[name] = way(wording.measure)["last"]
        assert sum(name.startswith("reading_") for name in said) == len(self.template.suggested_targets)
        assert form.send(self.participant, **said).status_code == 302

    def says_what_remains(self) -> None:
        there = "ending/closing/"
        asked = self.writes(self.guide, there, "/ending/words/", "Together")
        assert asked == len(self.kind.ending_matters)
        self.sends(self.guide, there, "/kept/$")

    def takes_the_keepsake(self) -> tuple[str, str, str]:
        """As page, as paper, as file: what each says."""
        page = self.page(self.participant, "ending/keepsake/")
        found = {}
        for sort in ("pdf", "html"):
            (path,) = re.findall(rf'href="({self.root}ending/keepsake/keepsake\.{sort})"', page)
            found[sort] = self.participant.get(path).content
        printed = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(found["pdf"])).pages)
        return page, " ".join(printed.split()), found["html"].decode()


def way(key: str) -> dict[str, str]:
    """Where it starts, what is hoped for, and what is read last."""
    instrument = measure(key)
    if key == "yes-no":
        return {"baseline": "0", "aim": "1", "last": "1"}
    if key == "gas":
        return {"baseline": "-2", "aim": "0", "last": "0"}
    if instrument.lower_is_better:
        top = int(min(instrument.max, 20))
        return {"baseline": str(top), "aim": str(top // 3), "last": str(top // 3)}
    return {"baseline": "2", "aim": "8", "last": "8"}


def _as_html(text: object) -> str:
    return str(escape(str(text)))
