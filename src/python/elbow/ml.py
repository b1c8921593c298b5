"""Elbow's stages of Spark ML, as PySpark has them.

The classes are thin: each holds the class of the same name in Java, which does all the work. Wherever a DataFrame
of Spark is taken, a small table of pandas may be given instead, and one comes back then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence

from py4j.java_collections import JavaArray
from py4j.java_gateway import JavaPackage
from pyspark import SparkContext
from pyspark.ml.evaluation import JavaEvaluator
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaParams
from pyspark.sql import DataFrame, SparkSession

from elbow._params import _FitParams, _ScoreParams
from elbow.connect import of_connect, require_classic
from elbow.errors import translated
from elbow.frames import as_given, to_spark
from elbow.spark import java_texts, session

__all__ = [
    "ElboEvaluator",
    "Evaluation",
    "ModelSummary",
    "VariationalAutoencoder",
    "VariationalAutoencoderModel",
]


def _java_object(name: str, uid: str) -> Any:
    if of_connect():
        # The server makes one by the name, with the params that are set.
        return "elbow.ml." + name
    session()
    context = SparkContext._active_spark_context
    assert context is not None and context._jvm is not None
    java_class = getattr(context._jvm.elbow.ml, name)
    if isinstance(java_class, JavaPackage):
        raise RuntimeError(
            "the Spark session must have Elbow's jar, but has not: give its builder the setting spark.jars with"
            " elbow.jar(), or stop the session and call elbow.session()"
        )
    return java_class(uid)


def _take_docs(stage: Any) -> None:
    """Has the params of a stage the docs that they have in Java: they are told there alone."""
    if of_connect():
        return
    for param in stage.params:
        param.doc = stage._java_obj.getParam(param.name).doc()


def _take_defaults(stage: Any) -> None:
    """Has the params of a stage the defaults and docs that they have in Java."""
    if of_connect():
        return
    _take_docs(stage)
    for param in stage.params:
        java_param = stage._java_obj.getParam(param.name)
        if stage._java_obj.hasDefault(java_param):
            value = stage._java_obj.getOrDefault(java_param)
            stage._setDefault(**{param.name: list(value) if isinstance(value, JavaArray) else value})


class VariationalAutoencoder(
    JavaEstimator["VariationalAutoencoderModel"],
    _FitParams,
    _ScoreParams,
    JavaMLWritable,
    JavaMLReadable["VariationalAutoencoder"],
):
    """Trains a variational autoencoder on the rows of a DataFrame.

    >>> vae = VariationalAutoencoder(ignoredCols=["id"], latentSize=8, epochs=20)  # doctest: +SKIP
    >>> model = vae.fit(rows)                                                        # doctest: +SKIP
    >>> model.transform(rows).orderBy("anomaly_score", ascending=False).show()       # doctest: +SKIP

    Every param is a keyword of the constructor. Params are keys of ``reference.conf``, with their defaults;
    ``explainParams()`` tells them all. Which columns are features, and of which type, is told from the rows
    unless params say otherwise. A numeric param that is not set is left to Elbow.

    Raises :class:`elbow.ElbowError` if a value cannot be, a column is not there or of another type, or rows
    cannot be used; nothing is checked before :meth:`fit`.
    """

    def __init__(self, **params: Any) -> None:
        super().__init__()
        self._java_obj = _java_object("VariationalAutoencoder", self.uid)
        _take_defaults(self)
        self.setParams(**params)

    def setParams(self, **params: Any) -> "VariationalAutoencoder":
        """Sets params by their names."""
        return self._set(**params)  # type: ignore[return-value]

    @translated
    def fit(self, dataset: Any, params: Any = None) -> Any:
        """Trains on rows, and returns the :class:`VariationalAutoencoderModel`.

        :param dataset: a DataFrame of Spark, or a table of pandas
        :param params: a map of params to values that are set for this fit, or a list of maps for a list of models
        """
        return super().fit(to_spark(dataset), params)

    def _create_model(self, java_model: Any) -> "VariationalAutoencoderModel":
        return VariationalAutoencoderModel(java_model)


class VariationalAutoencoderModel(
    JavaModel,
    _ScoreParams,
    JavaMLWritable,
    JavaMLReadable["VariationalAutoencoderModel"],
):
    """A trained variational autoencoder: :meth:`transform` adds the scores to each row.

    ``write().overwrite().save(path)`` writes the directory that ``jobs/elbow train`` writes, and ``load(path)``
    reads either.
    """

    def __init__(self, java_model: Any = None) -> None:
        super().__init__(java_model)
        self._setDefault(explained=0)
        if java_model is not None:
            _take_docs(self)

    def _transfer_params_from_java(self) -> None:
        # A model that is loaded has its Java object only now.
        super()._transfer_params_from_java()
        _take_docs(self)

    @classmethod
    @translated
    def load(cls, path: str) -> "VariationalAutoencoderModel":
        """Reads a model that ``write`` or ``jobs/elbow train`` has saved."""
        if not of_connect():
            session()
        return super().load(path)

    @translated
    def transform(self, dataset: Any, params: Any = None) -> Any:
        """The rows with their scores after all of their columns.

        ``elbo``, ``reconstruction`` and ``kl`` are in nats; higher ``elbo`` is more usual. ``anomaly_score`` is
        higher for stranger rows, ``is_anomaly`` true above the threshold.
        """
        return as_given(dataset, super().transform(to_spark(dataset), params))

    def explain(self, rows: Any, columns: int) -> Any:
        """:meth:`transform` with the contributions of so many columns to each row's score."""
        if of_connect(rows):
            return self.copy({self.explained: columns}).transform(rows)
        return self._made(rows, "explain", columns)

    def encode(self, rows: Any) -> Any:
        """The rows with the means of their latents, a vector called ``latent``."""
        return self._made(rows, "encode")

    def reconstruct(self, rows: Any, kept: Sequence[str] = ()) -> Any:
        """The columns of the model as it reconstructs them, after those of ``kept`` as they are."""
        require_classic("reconstruct")
        return self._made(rows, "reconstruct", java_texts(kept))

    def impute(self, rows: Any) -> Any:
        """The rows with their gaps filled, and a column ``imputed`` that says which were."""
        return self._made(rows, "impute")

    def interpolate(self, rows: Any, start: str, end: str, steps: int) -> Any:
        """Rows on the way between two others through the latent space.

        :param start: condition in SQL that one of the rows fulfils
        :param end: condition in SQL that one of the rows fulfils
        :param steps: rows of the result, both ends among them
        """
        return self._made(rows, "interpolate", start, end, steps)

    def arithmetic(self, rows: Any, start: str, end: str, apply: str, kept: Sequence[str] = ()) -> Any:
        """Rows moved by the difference of two groups through the latent space.

        :param start: condition in SQL: the group to move away from
        :param end: condition in SQL: the group to move towards
        :param apply: condition in SQL: the rows that are moved
        :param kept: columns of these that stand before those of the model
        """
        require_classic("arithmetic")
        return self._made(rows, "arithmetic", start, end, apply, java_texts(kept))

    @translated
    def generate(self, rows: int) -> DataFrame:
        """So many rows like those of training, drawn from the model; ``toPandas()`` makes pandas of them."""
        require_classic("generate")
        return DataFrame(self._java().generate(rows), session())

    @translated
    def evaluate(self, rows: Any, labelCol: Optional[str] = None) -> "Evaluation":
        """Means over rows; with a label also how well scores rank anomalies.

        :param labelCol: column of 1 and 0, true and false, or yes and no
        """
        require_classic("evaluate")
        frame = to_spark(rows)._jdf
        made = self._java().evaluate(frame) if labelCol is None else self._java().evaluate(frame, labelCol)
        ranking = made.ranking()
        return Evaluation(
            rows=made.rows(),
            elbo=made.elbo(),
            elbo_standard_error=made.elboStandardError(),
            reconstruction=made.reconstruction(),
            kl=made.kl(),
            importance_weighted_bound=made.importanceWeightedBound(),
            root_mean_squared_error=made.rootMeanSquaredError(),
            auroc=ranking.get().auroc() if ranking.isPresent() else None,
            average_precision=ranking.get().averagePrecision() if ranking.isPresent() else None,
        )

    @translated
    def calibrate(self, normal_rows: Any) -> "VariationalAutoencoderModel":
        """A model with threshold and tail probabilities from rows known to be normal; this one stays as it is."""
        require_classic("calibrate")
        return self._from_java(self._java().calibrate(to_spark(normal_rows)._jdf))

    @property
    def modelThreshold(self) -> float:
        """The model's own threshold, in nats of ``anomaly_score``."""
        require_classic("modelThreshold")
        return self._java_obj.calibration().threshold()

    def summary(self) -> "ModelSummary":
        """What the model was made from, and how its training went."""
        require_classic("summary")
        made = self._java_obj.summary()
        training = made.training()
        history = DataFrame(made.historyTable(session()._jsparkSession), session())
        return ModelSummary(
            model_id=made.modelId(),
            network=made.manifest().network(),
            training_rows=made.manifest().data().trainingRows(),
            validation_rows=made.manifest().data().validationRows(),
            epochs=training.epochs(),
            elbo_before=training.elboBefore(),
            elbo=training.elbo(),
            reconstruction=training.reconstruction(),
            kl=training.kl(),
            active_units=training.activeUnits(),
            seconds=training.seconds(),
            settings=dict(made.settings()),
            history=history,
        )

    def _java(self) -> Any:
        self._transfer_params_to_java()
        return self._java_obj

    @translated
    def _made(self, rows: Any, method: str, *args: Any) -> Any:
        require_classic(method)
        frame = to_spark(rows)
        made = getattr(self._java(), method)(frame._jdf, *args)
        return as_given(rows, DataFrame(made, frame.sparkSession))


class ElboEvaluator(JavaEvaluator, JavaMLWritable, JavaMLReadable["ElboEvaluator"]):
    """The mean ELBO of scored rows, in nats per row, higher is better: what ``CrossValidator`` compares models by.

    Rows have no weights.
    """

    elboCol: Param[str] = Param(
        Params._dummy(),
        "elboCol",
        "Column of doubles with the ELBO of each row, in nats.",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *, elboCol: Optional[str] = None) -> None:
        super().__init__()
        self._java_obj = _java_object("ElboEvaluator", self.uid)
        _take_defaults(self)
        if elboCol is not None:
            self.setElboCol(elboCol)

    def setElboCol(self, value: str) -> "ElboEvaluator":
        """Sets :attr:`elboCol`."""
        return self._set(elboCol=value)  # type: ignore[return-value]

    def getElboCol(self) -> str:
        """The value of :attr:`elboCol`."""
        return self.getOrDefault(self.elboCol)

    @translated
    def evaluate(self, dataset: Any, params: Any = None) -> float:
        """The mean over all rows; minus infinity if it is not a number."""
        return super().evaluate(to_spark(dataset), params)

    def isLargerBetter(self) -> bool:
        """True."""
        return True


@dataclass(frozen=True)
class Evaluation:
    """Means over rows, in nats per row of the original columns, higher ELBO is better.

    ``auroc`` and ``average_precision`` are None without a label.
    """

    rows: int
    elbo: float
    elbo_standard_error: float
    reconstruction: float
    kl: float
    importance_weighted_bound: float
    root_mean_squared_error: float
    auroc: Optional[float]
    average_precision: Optional[float]


@dataclass(frozen=True)
class ModelSummary:
    """What a model was made from, and how its training went.

    ELBO and its terms are means over the rows held out, in nats per row. ``history`` is a DataFrame with a row for
    each time the network was measured.
    """

    model_id: str
    network: str
    training_rows: int
    validation_rows: int
    epochs: int
    elbo_before: float
    elbo: float
    reconstruction: float
    kl: float
    active_units: int
    seconds: float
    settings: Dict[str, str]
    history: DataFrame
