"""The detector for people without Spark."""

from __future__ import annotations

from typing import Any

import numpy
import pandas
import pytest

import elbow

QUICK: Any = dict(replicas=1, batchSize=32, epochs=30, measureEvery=60, encoderSizes=[16], latentSize=2)


def test_the_strange_row_is_the_least_normal(spark: Any) -> None:
    random = numpy.random.default_rng(5)
    hidden = random.normal(size=(400, 1))
    rows = hidden + 0.1 * random.normal(size=(400, 4))
    detector = elbow.ElbowDetector(contamination=0.05, **QUICK).fit(rows)
    strange = numpy.vstack([rows[:50], [[3, -3, 3, -3]]])
    scores = detector.score_samples(strange)
    predicted = detector.predict(strange)

    assert scores.shape == (51,)
    assert scores.argmin() == 50
    assert predicted[50] == -1
    assert (predicted[:50] == 1).mean() > 0.7
    numpy.testing.assert_array_equal(detector.decision_function(strange) < 0, predicted == -1)
    numpy.testing.assert_array_equal(scores - detector.offset_ < 0, predicted == -1)


def test_tables_keep_the_order_of_their_rows(spark: Any, table: pandas.DataFrame) -> None:
    columns = table.drop(columns="id")
    detector = elbow.ElbowDetector(**QUICK).fit(columns)
    upside_down = columns.iloc[::-1]

    numpy.testing.assert_array_equal(
        detector.score_samples(columns), detector.score_samples(upside_down)[::-1]
    )


@pytest.mark.parametrize("threshold, predicted", [(-1e9, -1), (1e9, 1)])
def test_a_threshold_that_is_set_decides(
    spark: Any, table: pandas.DataFrame, threshold: float, predicted: int
) -> None:
    columns = table.drop(columns="id")
    detector = elbow.ElbowDetector(threshold=threshold, **{**QUICK, "epochs": 1}).fit(columns)

    assert detector.offset_ == -threshold
    assert (detector.predict(columns) == predicted).all()
    assert ((detector.decision_function(columns) < 0) == (predicted == -1)).all()


def test_it_is_asked_in_order() -> None:
    with pytest.raises(RuntimeError, match="must be fitted before it scores"):
        elbow.ElbowDetector().score_samples([[1.0]])
    detector = elbow.ElbowDetector(contamination=0.1, epochs=3).set_params(epochs=4)
    assert detector.get_params() == {"contamination": 0.1, "epochs": 4}
