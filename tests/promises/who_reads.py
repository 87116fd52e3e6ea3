"""The table of who reads which words, and from when on.

Written by hand from what the product promises (docs/explanation/who-reads-what.md), never worked out. Each moment of the
story in `who_reads_story.py` writes its words, every kind with a mark of its own that can be looked for on any page.
"""

from __future__ import annotations

MOMENTS = (
    "preparing",
    "sent",
    "agreed",
    "open",
    "closed",
    "in error",
    "resting",
    "ending",
    "shown",
    "over",
)
# G the guide, P the participant, C somebody who covers for the guide. Nobody else ever reads any of it, but a named
# person what is marked for them.
BOTH = "GPC"
TABLE: dict[str, dict[str, str]] = {
    # what is written: from which moment on it is read by whom
    "preparation of the guide": {"preparing": "G", "sent": BOTH},
    "preparation of the participant": {"preparing": "P", "sent": BOTH},
    "need": {"sent": BOTH},
    "starting words of a need": {"sent": BOTH},
    "notes of the first meeting": {"agreed": BOTH},
    "guide’s own notes of the first meeting": {"agreed": "G"},
    "participant’s own notes of the first meeting": {"agreed": "P"},
    "section of the agreement": {"agreed": BOTH},
    "words too late for a proposed section": {"agreed": "P"},
    "target": {"agreed": BOTH},
    "why of a target": {"agreed": BOTH},
    "how a target will be known": {"agreed": BOTH},
    "step": {"agreed": BOTH},
    "what matters today": {"agreed": BOTH},
    "for next time": {"agreed": BOTH},
    "word on a step": {"open": BOTH},
    "notes of the review": {"open": BOTH},
    "notes of the direction": {"open": BOTH},
    "notes of the issues": {"open": BOTH},
    "notes of the plan": {"open": BOTH},
    "summary": {"open": BOTH},
    "guide’s private notes": {"open": "G"},
    "participant’s private notes": {"open": "P"},
    "issue": {"open": BOTH},
    "word on an issue": {"open": BOTH},
    "focusing alone": {"open": "P"},
    "focusing alone, a level shared later": {"open": "P", "closed": BOTH},
    "topic of a focusing alone": {"open": "P"},
    "focusing together": {"open": BOTH},
    "act of a focusing": {"open": BOTH},
    "support of an act": {"open": BOTH},
    "what may get in the way of an act": {"open": BOTH},
    "sign of an act": {"open": BOTH},
    "private words in the wrong record": {"open": "P", "in error": ""},
    "issue in the wrong record": {"open": BOTH, "in error": ""},
    "issue that became a step in the wrong record": {"open": BOTH, "in error": ""},
    "step in the wrong record": {"open": BOTH, "in error": ""},
    "word on a step in the wrong record": {"open": BOTH, "in error": ""},
    "act in the wrong record": {"open": BOTH, "in error": ""},
    "support of an act in the wrong record": {"open": BOTH, "in error": ""},
    "why it was in error": {"in error": ""},
    "for the supporter": {"open": BOTH + "S"},
    "where a worry was taken": {"closed": BOTH},
    "late words": {"closed": BOTH},
    "reflection of the guide": {"closed": "G"},
    "case in the making": {"closed": "G"},
    "why it rests": {"resting": BOTH},
    "guide’s answer at the ending": {"ending": "G", "shown": BOTH},
    "participant’s answer at the ending": {"ending": "P", "shown": BOTH},
    "key point": {"ending": BOTH},
    "support": {"ending": BOTH},
    "link of a support": {"ending": BOTH},
    "strategy": {"ending": BOTH},
    "today’s words of a need": {"ending": BOTH},
    "answer afterwards, kept": {"over": "P"},
    "answer afterwards, shared": {"over": BOTH},
}
NOT_SHOWN = {"for the supporter": BOTH}
"""Words some may read and find on no page: there is no box yet in which the two mark something for a named person."""


def mark(kind: str) -> str:
    """What is looked for; no two kinds have a mark that is part of another's."""
    return f"zq{list(TABLE).index(kind):03d}qz"


def words(kind: str) -> str:
    return f"{mark(kind)} some words"


def readers(kind: str, moment: str) -> str:
    """By whom it is read at a moment; "" before it is written."""
    here = ""
    for since, who in TABLE[kind].items():
        if MOMENTS.index(since) <= MOMENTS.index(moment):
            here = who
    return here
