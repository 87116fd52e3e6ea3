"""The texts for Spark, run through Spark's own protocol, answer as the definition does.

Needs `pip install pysail pyspark-client` (Spark's protocol without Java, too large for every run); with a cluster at hand
`ALONGSIDE_SPARK=sc://host:15002` runs the same there.
"""

import os

import pytest

from alongside.programmes.figures.definition import counts_of
from alongside.programmes.publishing import counts_in
from alongside.programmes.star import files
from tests.programmes.stars import star

pytestmark = pytest.mark.one_database


@pytest.fixture
def address():
    if given := os.environ.get("ALONGSIDE_SPARK"):
        yield given
        return
    sail = pytest.importorskip("pysail.spark", reason="pysail is not installed: see the top of this file")
    server = sail.SparkConnectServer()
    server.start()
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


def test_spark_answers_as_the_definition_does_of_ten_thousand_journeys(address, tmp_path):
    tables = star(99, 10_000)
    writer = files.Writer(tmp_path)
    writer.add(tables)
    writer.finish()

    assert counts_in(tmp_path, spark=address) == counts_of(tables)
