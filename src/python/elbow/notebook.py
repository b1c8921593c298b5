"""Pictures for Jupyter: what the Java package ``elbow.notebook`` shows of a model and of rows.

Each function returns a :class:`Picture`, which a cell shows when it ends with it. Rows are DataFrames of Spark, or of pandas.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence

from pyspark import SparkContext
from pyspark.sql import DataFrame

from elbow.errors import translated
from elbow.frames import to_spark
from elbow.ml import VariationalAutoencoderModel
from elbow.spark import java_texts, session

__all__ = [
    "Picture",
    "contributions",
    "course",
    "distribution",
    "filled",
    "generated",
    "glance",
    "images",
    "labels",
    "latent_map",
    "ledger",
    "moved",
    "quality",
    "run_batches",
    "strangest",
    "trend",
    "way",
]


class Picture:
    """HTML that looks as Elbow's reports do."""

    def __init__(self, html: str) -> None:
        self.html = html

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"Picture of {len(self.html)} characters"


def _classes() -> Any:
    session()
    context = SparkContext._active_spark_context
    assert context is not None and context._jvm is not None
    return context._jvm.elbow.notebook


def _picture(made: Any) -> Picture:
    return Picture(made.html())


def _session() -> Any:
    return session()._jsparkSession


@translated
def glance(model: VariationalAutoencoderModel) -> Picture:
    """The figures at the end of training."""
    return _picture(_classes().Training.glance(model._java()))


@translated
def course(model: VariationalAutoencoderModel) -> Picture:
    """How training went: curves, the use of the latents, the figures as a table."""
    return _picture(_classes().Training.course(model._java()))


@translated
def distribution(scored: Any, threshold: float, labelCol: Optional[str] = None) -> Picture:
    """How the anomaly scores are spread around a threshold, by a label that says which rows are anomalies."""
    frame = to_spark(scored)._jdf
    anomalies = _classes().Anomalies
    if labelCol is None:
        return _picture(anomalies.distribution(frame, float(threshold)))
    return _picture(anomalies.distribution(frame, float(threshold), labelCol))


@translated
def strangest(scored: Any, rows: int, *shown: str) -> Picture:
    """The strangest rows, and in words what makes them strange; ``shown`` are columns that tell which they are."""
    frame = to_spark(scored)._jdf
    return _picture(_classes().Anomalies.strangest(frame, rows, java_texts(shown)))


@translated
def contributions(explained: Any) -> Picture:
    """What the score of the strangest row is made of."""
    return _picture(_classes().Anomalies.contributions(to_spark(explained)._jdf))


@translated
def latent_map(encoded: Any, labelCol: str) -> Picture:
    """The latents of encoded rows in two dimensions, coloured by a label."""
    return _picture(_classes().LatentMap.of(to_spark(encoded)._jdf, labelCol))


@translated
def images(*inputs: str) -> DataFrame:
    """The images of files in the format that MNIST has: columns ``index`` and ``image``."""
    return DataFrame(_classes().Images.read(_session(), java_texts(inputs)), session())


@translated
def labels(file: str) -> DataFrame:
    """The labels of a file in the format that MNIST has: columns ``index`` and ``label``."""
    return DataFrame(_classes().Labels.read(_session(), file), session())


@translated
def generated(model: VariationalAutoencoderModel, count: int, seed: int) -> Picture:
    """Images that the model makes of latents drawn at random."""
    return _picture(_classes().Images.generated(model._java(), count, seed))


@translated
def way(rows: DataFrame, model: VariationalAutoencoderModel, start: str, end: str, steps: int) -> Picture:
    """Images on the way from one to another through the latent space; the ends are conditions in SQL."""
    return _picture(_classes().Images.way(rows._jdf, model._java(), start, end, steps))


@translated
def moved(
    rows: DataFrame, model: VariationalAutoencoderModel, start: str, end: str, apply: str, strength: float
) -> Picture:
    """Images, and below them what becomes of them in the direction from one group of images to another."""
    return _picture(_classes().Images.moved(rows._jdf, model._java(), start, end, apply, float(strength)))


@translated
def run_batches(settings: Dict[str, str], up_to: str) -> List[str]:
    """Runs what is due of a schedule up to a date, and returns a line for each partition."""
    return list(_classes().Batches.run(_session(), settings, up_to))


@translated
def ledger(output: str) -> DataFrame:
    """What the ledgers of an output say, a row for each date that a model has scored."""
    return DataFrame(_classes().Batches.ledger(_session(), output), session())


@translated
def trend(ledger_rows: DataFrame) -> Picture:
    """The share of flagged rows and the mean ELBO from batch to batch."""
    return _picture(_classes().Batches.trend(ledger_rows._jdf))


@translated
def quality(real: Any, synthetic: Any, holdout: Any) -> Picture:
    """How good a synthetic table is, held against the rows it was made from and others that it was not made from."""
    frames = [to_spark(rows)._jdf for rows in (real, synthetic, holdout)]
    return _picture(_classes().MadeTables.quality(*frames))


@translated
def filled(pairs: Any, truth: str, value: str) -> Picture:
    """Filled values against the true ones."""
    return _picture(_classes().MadeTables.filled(to_spark(pairs)._jdf, truth, value))
