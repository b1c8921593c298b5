"""Tables of pandas with gaps, of few rows, of nullable types."""

from __future__ import annotations

from typing import Any

import pandas

import elbow
from conftest import quick
from elbow.frames import to_spark

SCORES = ["elbo", "reconstruction", "kl", "anomaly_score"]


def test_a_row_with_gaps_is_scored_alone_as_among_others(table: pandas.DataFrame, model: Any) -> None:
    among_others = model.transform(table)[SCORES]

    for row in (2, 7):
        assert table.iloc[[row]].isna().any(axis=None)
        alone = model.transform(table.iloc[[row]])
        assert list(alone.columns)[: len(table.columns)] == list(table.columns)
        pandas.testing.assert_frame_equal(
            alone[SCORES].reset_index(drop=True), among_others.iloc[[row]].reset_index(drop=True)
        )


def test_a_detector_scores_one_row_with_a_gap(spark: Any, table: pandas.DataFrame) -> None:
    columns = table.drop(columns="id")
    detector = elbow.ElbowDetector(
        replicas=1, batchSize=32, epochs=1, measureEvery=60, encoderSizes=[16], latentSize=2
    ).fit(columns)

    assert detector.score_samples(columns.iloc[[2]])[0] == detector.score_samples(columns)[2]


def test_a_row_without_a_time_is_scored(table: pandas.DataFrame, model: Any) -> None:
    untimed = table.iloc[[0]].assign(day=pandas.to_datetime([None]))

    assert untimed["day"].isna().all()
    assert model.transform(untimed)["elbo"].notna().all()


def test_a_row_of_gaps_alone_is_scored(table: pandas.DataFrame, model: Any) -> None:
    texts = table.iloc[[2]].convert_dtypes()
    for name in texts.columns:
        texts[name] = pandas.Series([None], index=texts.index, dtype=texts[name].dtype)

    assert texts.isna().all(axis=None)
    assert to_spark(texts).dtypes == to_spark(table).dtypes
    assert model.transform(texts)["elbo"].notna().all()


def test_nullable_types_are_those_of_their_values(table: pandas.DataFrame, model: Any) -> None:
    nullable = table.convert_dtypes()

    assert str(nullable["b"].dtype) == "Float64"
    assert to_spark(nullable).dtypes == to_spark(table).dtypes
    pandas.testing.assert_frame_equal(model.transform(nullable)[SCORES], model.transform(table)[SCORES])


def test_nullable_numbers_and_truth_values_may_have_gaps(spark: Any, table: pandas.DataFrame) -> None:
    nullable = table.convert_dtypes()
    nullable.loc[5:9, ["id", "even"]] = pandas.NA
    rows = to_spark(nullable)

    assert dict(rows.dtypes)["id"] == "bigint"
    assert dict(rows.dtypes)["even"] == "boolean"
    assert rows.where("id IS NULL AND even IS NULL").count() == 5
    assert quick(epochs=1).fit(nullable).transform(nullable)["elbo"].notna().all()


def test_a_table_without_rows_has_no_scores(table: pandas.DataFrame, model: Any) -> None:
    none = table.iloc[:0]
    scored = model.transform(none)

    assert to_spark(none).dtypes == to_spark(table).dtypes
    assert len(scored) == 0
    assert list(scored.columns)[: len(table.columns)] == list(table.columns)
    assert "elbo" in scored.columns


def test_names_may_hold_anything(spark: Any) -> None:
    rows = to_spark(pandas.DataFrame({"a.b`c": [1, 2], "d.e": [None, None]}))

    assert rows.dtypes == [("a.b`c", "bigint"), ("d.e", "string")]
    assert [tuple(row) for row in rows.collect()] == [(1, None), (2, None)]
