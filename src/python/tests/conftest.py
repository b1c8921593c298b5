"""One Spark session for all tests, and a small table."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any, Dict, Iterator

import pandas
import pytest

import elbow

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    # Pages name files as from there.
    os.chdir(ROOT)
    session = elbow.session(
        "local[2]",
        spark__sql__shuffle__partitions=2,
        spark__driver__host="127.0.0.1",
        # The best code for small rows takes longer to make than it saves.
        spark__driver__extraJavaOptions="-XX:TieredStopAtLevel=1",
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def table() -> pandas.DataFrame:
    """300 rows of all plain types, with gaps."""
    rows = range(300)
    return pandas.DataFrame(
        {
            "id": list(rows),
            "a": [10 + math.sin(i) for i in rows],
            "b": [float("nan") if i % 20 == 7 else 3 * math.cos(7 * i) for i in rows],
            "colour": [None if i % 15 == 2 else ["red", "green", "blue"][i % 3] for i in rows],
            "even": [i % 2 == 0 for i in rows],
            "day": pandas.to_datetime([1767225600 + 86400 * (i % 90) for i in rows], unit="s"),
        }
    )


def quick(**params: Any) -> elbow.VariationalAutoencoder:
    """An estimator that is soon through."""
    usual: Dict[str, Any] = dict(replicas=1, batchSize=32, epochs=6, measureEvery=60, encoderSizes=[16], latentSize=2)
    usual.update(ignoredCols=["id"])
    return elbow.VariationalAutoencoder(**{**usual, **params})


@pytest.fixture(scope="session")
def model(spark: Any, table: pandas.DataFrame) -> elbow.VariationalAutoencoderModel:
    return quick().fit(table)
