"""`python -m bench.find_once`: what looking for words costs the measured guide, beside opening the same texts and no more."""

from __future__ import annotations

import json
import statistics
import time

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from alongside.journeys.models import JourneyMember  # noqa: E402
from alongside.journeys.queries import seats_of  # noqa: E402
from alongside.overview import search  # noqa: E402
from alongside.people.models import Person  # noqa: E402


def main() -> None:
    guides = JourneyMember.objects.filter(part="guide").values_list("person", flat=True)
    most = statistics.mode(guides)
    guide = Person.objects.select_related("organisation").get(id=most)
    ours, bare = [], []
    for _time in range(5):
        began = time.perf_counter()
        search.search_words(guide, "heron")
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        texts = [text.text for text in search._texts(seats_of(guide))]
        bare.append(time.perf_counter() - began)
    with CaptureQueriesContext(connection) as asked:
        search.search_words(guide, "heron")
    found = {
        "texts": len(texts),
        "characters": sum(map(len, texts)),
        "ms": round(statistics.median(ours) * 1000, 1),
        "opening_ms": round(statistics.median(bare) * 1000, 1),
        "ratio_to_opening": round(statistics.median(ours) / statistics.median(bare), 2),
        "microseconds_a_text": round(statistics.median(ours) / len(texts) * 1e6, 1),
        "queries": len(asked),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
