"""Which Spark session is taken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import elbow

ZONE = "spark.sql.session.timeZone"


def in_another_thread(task: Any) -> Any:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(task).result()


def test_another_thread_takes_the_session_as_it_is(spark: Any) -> None:
    before = spark.conf.get(ZONE)
    spark.conf.set(ZONE, "Asia/Tokyo")
    try:
        found = in_another_thread(elbow.session)

        assert found.sparkContext is spark.sparkContext
        assert found.conf.get(ZONE) == "Asia/Tokyo"
        assert spark.conf.get(ZONE) == "Asia/Tokyo"
    finally:
        spark.conf.set(ZONE, before)


def test_a_session_that_is_there_needs_no_jar(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELBOW_JAR", str(tmp_path / "nowhere.jar"))

    assert in_another_thread(lambda: elbow.VariationalAutoencoder(latentSize=3).getLatentSize()) == 3
