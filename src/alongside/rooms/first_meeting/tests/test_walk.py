import pytest

from alongside.goals.queries import goals_of


@pytest.mark.parametrize("kind", ["supervision", "mentoring", "treatment"])
def test_walk(cast, kind):
    j = cast.journey(kind=kind, state="preparing")
    g, p = cast.client(cast.guide), cast.client(cast.participant)
    base = f"/journeys/{j.id}/first-meeting/"
    for c in (g, p):
        for u in ("", "preparation/", "picture/", "goals/", "agreement/"):
            r = c.get(base + u)
            assert r.status_code == 200, (u, r.status_code)
    key = cast.seat(cast.guide, j).kind.template(j.template).preparation[0].key
    r = p.post(
        base + f"words/answer-{key}/",
        {"text": "hello <script>", "version": "0"},
        headers={"accept": "application/json"},
    )
    assert r.json()["version"] == 1, r.content
    assert "hello" not in g.get(base + "preparation/").content.decode()
    assert p.post(base + "preparation/send/").status_code == 302
    assert "hello &lt;script&gt;" in g.get(base + "preparation/").content.decode()
    r = p.post(base + "needs/", {"statement": "n1", "rating": "3", "words": "w", "back": "preparation"})
    assert r.status_code == 302, r.content.decode()
    r = p.post(base + "needs/", {"statement": "", "back": "preparation"})
    assert r.status_code == 422
    s = cast.seat(cast.guide, j)
    need = goals_of(s).needs[0]
    u = base + f"needs/{need.id}/target/"
    assert g.get(u).status_code == 200
    assert g.get(u + "?suggestion=0").status_code == 200
    r = g.post(u, {"difference": "d", "measure": "gas", "shown": ""})
    assert r.status_code == 200
    assert "level_expected" in r.content.decode()
    r = g.post(u, {"difference": "d", "measure": "gas", "shown": "gas"})
    assert r.status_code == 422
    r = g.post(
        u,
        {
            "difference": "d",
            "measure": "gas",
            "shown": "gas",
            "level_expected": "x",
            "baseline": "-1",
            "importance": "1",
            "difficulty": "2",
        },
    )
    assert r.status_code == 302, r.content.decode()
    for m, b in (
        ("rating-0-10", "3"),
        ("count", "2"),
        ("yes-no", "0"),
        ("pain-0-10", "4"),
        ("minutes", "30"),
        ("psfs", "2"),
    ):
        r = g.post(
            u,
            {
                "difference": "d",
                "measure": m,
                "shown": m,
                "baseline": b,
                "aim": "7",
                "importance": "1",
                "difficulty": "2",
            },
        )
        assert r.status_code == 302, r.content.decode()
    t = goals_of(s).targets
    for x in t:
        assert p.get(base + f"targets/{x.id}/").status_code == 200
        assert p.get(base + f"targets/{x.id}/reword/").status_code == 200
    assert p.post(base + f"targets/{t[0].id}/agree/").status_code == 302
    assert (
        g.post(
            base + "steps/", {"text": "s", "owner": str(cast.participant.id), "target": str(t[0].id)}
        ).status_code
        == 302
    )
    for u in ("goals/", "picture/", ""):
        assert g.get(base + u).status_code == 200
    assert g.post(base + "agreement/begin/").status_code == 302
    for c in (g, p):
        assert c.get(base + "agreement/").status_code == 200
    r = g.post(base + "agreement/1/propose/")
    assert r.status_code == 409
    assert "still missing" in r.content.decode()
    assert g.post(base + "agreement/1/texts/").status_code == 302
    r = g.post(
        base + "agreement/1/frame/",
        {"begins_on": "2026-11-24", "review_on": "2027-02-01", "every_days": "14", "meeting_minutes": "50"},
    )
    assert r.status_code == 302, r.content.decode()
    r = g.post(base + "agreement/1/propose/")
    assert r.status_code == 302, r.content.decode()
    r = p.get(base + "agreement/")
    assert r.status_code == 200
    r = p.post(base + "agreement/1/words/purpose/", {"text": "late", "version": "1"})
    assert r.status_code == 302
    assert "late" in p.get(base + "agreement/").content.decode()
    assert p.post(base + "agreement/1/accept/", {"typed_name": "Paul"}).status_code == 302
    assert p.get(base + "agreement/").status_code == 200
    assert g.post(base + "agreement/1/accept/", {"typed_name": "Gwen"}).status_code == 302
    s = cast.seat(cast.guide, j)
    assert s.state == "active"
    assert g.post(base + "agreement/1/reopen/").status_code == 302
    assert g.get(base + "agreement/").status_code == 200
    assert g.get(base + "agreement/1/").status_code == 200
    assert g.post(base + "agreement/2/drop/").status_code == 302
    assert g.get(base + "agreement/").status_code == 200
    assert g.get(base + "").status_code == 200
    assert cast.client(cast.supporter).get(base).status_code == 403
    assert cast.client(cast.colleague).get(base).status_code == 404
