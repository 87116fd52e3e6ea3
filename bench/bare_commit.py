"""`python -m bench.bare_commit 1000`: the milliseconds (median) of committing what one save writes, without a server."""

from __future__ import annotations

import statistics
import sys
import time

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from alongside.journeys.models import Words, WordsVersion  # noqa: E402
from alongside.kernel.ids import new_id  # noqa: E402

from .client import NOTE  # noqa: E402


def main() -> None:
    words = Words.objects.filter(visibility="ours").first()
    assert words
    words.text = NOTE
    words.save()
    kept = WordsVersion(
        words=words, version=5_000_000, text=NOTE, by=words.edited_by or words.journey.begun_by
    )
    kept.save()
    with connection.cursor() as cursor:
        cursor.execute('SELECT * FROM "journeys_wordsversion" WHERE "version" = 5000000')
        row, columns = list(cursor.fetchone()), [each[0] for each in cursor.description]
        cursor.execute(
            'SELECT "id", "text" FROM "journeys_words" WHERE "id" = %s', [row[columns.index("words_id")]]
        )
        key, text = cursor.fetchone()
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join(["%s"] * len(columns))
    times = []
    for number in range(int(sys.argv[1])):
        row[columns.index("id")] = new_id().hex if isinstance(key, str) else new_id()
        row[columns.index("version")] = 5_000_001 + number
        began = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                'UPDATE "journeys_words" SET "text" = %s, "version" = %s WHERE "id" = %s', [text, number, key]
            )
            cursor.execute(f'INSERT INTO "journeys_wordsversion" ({names}) VALUES ({places})', row)
        times.append((time.perf_counter() - began) * 1000)
    print(round(statistics.median(times), 3))


if __name__ == "__main__":
    main()
