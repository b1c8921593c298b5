"""Estimator, model and evaluator through PySpark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas
import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder

import elbow
from elbow.errors import known
from conftest import quick
from elbow.frames import to_spark

SCORES = ["elbo", "reconstruction", "kl", "anomaly_score", "tail_probability", "is_anomaly", "model_id"]


def test_pandas_in_pandas_out_in_the_order_of_rows(table: pandas.DataFrame, model: Any) -> None:
    scored = model.transform(table)

    assert isinstance(scored, pandas.DataFrame)
    assert list(scored["id"]) == list(table["id"])
    assert list(scored.columns)[: len(table.columns)] == list(table.columns)
    assert scored["elbo"].notna().all()


def test_spark_in_spark_out_with_the_same_scores(spark: Any, table: pandas.DataFrame, model: Any) -> None:
    rows = to_spark(table)
    scored = model.transform(rows).orderBy("id").select(SCORES).collect()

    assert [tuple(row) for row in scored] == [tuple(row) for row in model.transform(table)[SCORES].values]


def test_a_model_is_saved_and_loaded(table: pandas.DataFrame, model: Any, tmp_path: Path) -> None:
    place = str(tmp_path / "model")
    model.write().save(place)
    loaded = elbow.VariationalAutoencoderModel.load(place)

    assert (Path(place) / "manifest.json").is_file()
    assert loaded.uid == model.uid
    pandas.testing.assert_frame_equal(loaded.transform(table)[SCORES], model.transform(table)[SCORES])


def test_a_pipeline_is_saved_and_loaded(spark: Any, table: pandas.DataFrame, tmp_path: Path) -> None:
    rows = spark.createDataFrame(table[["id", "a", "even"]])
    assembler = VectorAssembler(inputCols=["a", "even"], outputCol="pair")
    pipeline = Pipeline(stages=[assembler, quick(inputCols=["pair"], ignoredCols=[])])
    pipeline.save(str(tmp_path / "pipeline"))
    fitted = Pipeline.load(str(tmp_path / "pipeline")).fit(rows)
    fitted.save(str(tmp_path / "fitted"))
    loaded = PipelineModel.load(str(tmp_path / "fitted"))

    assert isinstance(loaded.stages[1], elbow.VariationalAutoencoderModel)
    expected = fitted.transform(rows).orderBy("id").select(SCORES).collect()
    assert loaded.transform(rows).orderBy("id").select(SCORES).collect() == expected


def test_cross_validation_tries_all_and_keeps_the_better(spark: Any, table: pandas.DataFrame) -> None:
    rows = spark.createDataFrame(table[["id", "a", "even"]])
    vae = quick()
    search = CrossValidator(
        estimator=vae,
        estimatorParamMaps=ParamGridBuilder().addGrid(vae.epochs, [1, 20]).build(),
        evaluator=elbow.ElboEvaluator(),
        numFolds=2,
        parallelism=2,
        seed=1,
    )
    found = search.fit(rows)

    assert found.avgMetrics[1] > found.avgMetrics[0]
    assert found.bestModel.summary().epochs == 20


def test_a_model_does_what_the_commands_do(spark: Any, table: pandas.DataFrame, model: Any) -> None:
    summary = model.summary()

    assert len(model.encode(table)["latent"][0]) == 2
    assert list(model.reconstruct(table, kept=["id"]).columns) == ["id", "a", "b", "colour", "even", "day"]
    assert model.impute(table)[["b", "colour"]].notna().all().all()
    assert len(model.interpolate(table, "id = 1", "id = 2", 5)) == 5
    assert list(model.arithmetic(table, "even", "NOT even", "id < 3", ["id"])["id"]) == [0, 1, 2]
    assert model.generate(50).count() == 50
    assert len(model.explain(table, 2)["contributions"][0]) == 4
    assert model.evaluate(table).rows == 300
    assert 0 <= model.evaluate(table, "even").auroc <= 1
    assert model.calibrate(table).modelThreshold != model.modelThreshold
    assert summary.training_rows + summary.validation_rows == 300
    assert summary.history.count() == 2
    assert summary.settings["model.latent-size"] == "2"


def test_errors_say_what_is_wrong(spark: Any, table: pandas.DataFrame, model: Any, tmp_path: Path) -> None:
    with pytest.raises(elbow.ElbowError, match="model.latent-size must be auto or a whole number") as failure:
        quick(latentSize=-1).fit(table)
    assert failure.value.category == "usage"
    with pytest.raises(elbow.ElbowError, match="column colour must be .* but is missing among"):
        model.transform(table.drop(columns="colour"))
    with pytest.raises(elbow.ElbowError, match="does not exist") as failure:
        elbow.VariationalAutoencoderModel.load(str(tmp_path / "nowhere"))
    assert failure.value.category == "model"
    with pytest.raises(elbow.ElbowError, match="column elbo .elboCol. must be of type double"):
        elbow.ElboEvaluator().evaluate(table)


def test_every_kind_of_error_of_elbows_is_known(spark: Any) -> None:
    bad = spark._jvm.elbow.base.BadValueException("age must be a number, but is x")

    error = known(bad)

    assert error is not None and error.category == "input"
    assert "age must be a number" in str(error)
    assert known(spark._jvm.java.lang.IllegalStateException("defect")) is None
