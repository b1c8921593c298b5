"""The params are those of the Java classes."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import pyspark
import pytest

import elbow
import generate
from conftest import ROOT


def test_the_file_of_params_is_what_java_has(spark: Any) -> None:
    assert generate.TARGET.read_text(encoding="utf-8") == generate.generated()


def test_pyspark_is_of_the_version_that_the_build_has() -> None:
    assert f"<spark.version>{pyspark.__version__}</spark.version>" in (ROOT / "pom.xml").read_text(encoding="utf-8")


def test_docs_and_defaults_are_those_of_java(spark: Any) -> None:
    vae = elbow.VariationalAutoencoder()
    java = vae._java_obj

    for param in vae.params:
        assert param.doc == java.getParam(param.name).doc()
        assert vae.hasDefault(param) == java.hasDefault(java.getParam(param.name))
    assert vae.getBatchSize() == 128
    assert vae.getMissing()[0] == "?"
    assert "latentSize: Dimensions of the latent space. " in vae.explainParams()
    with pytest.raises(KeyError):
        vae.getLatentSize()


def test_docs_of_a_model_are_those_of_java(spark: Any, model: Any, tmp_path: Path) -> None:
    place = str(tmp_path / "model")
    model.write().save(place)

    for each in (model, elbow.VariationalAutoencoderModel.load(place)):
        assert {param.name for param in each.params} == {"explained", "latentCol", "scoringSamples", "threshold"}
        for param in each.params:
            assert param.doc == each._java_obj.getParam(param.name).doc()
        assert "scoringSamples: Posterior samples per row" in each.explainParams()


def test_a_share_may_be_auto(spark: Any) -> None:
    vae = elbow.VariationalAutoencoder(maskShare="auto")

    assert math.isnan(vae._to_java().getMaskShare())
    assert vae.setMaskShare(0.25)._to_java().getMaskShare() == 0.25
    with pytest.raises(TypeError):
        vae.setMaskShare("some")


def test_setters_return_the_stage_and_reach_java(spark: Any) -> None:
    vae = (
        elbow.VariationalAutoencoder(latentSize=3, realCols=["a"])
        .setEncoderSizes([64, 32])
        .setLearningRate(1e-4)
        .setSeed(7)
        .setImportanceWeighted(True)
        .setLevels({"size": ["small", "large"]})
        .setTimeCols({"opened": "dd/MM/yyyy"})
    )
    java = vae._to_java()

    assert java.getLatentSize().getAsInt() == 3
    assert list(java.getEncoderSizes().get()) == [64, 32]
    assert java.getSeed() == 7
    assert list(java.getRealCols()) == ["a"]
    assert java.getLevels() == '[["size", "small", "large"]]'
    assert vae.getTimeCols() == '[["opened", "dd/MM/yyyy"]]'
    assert vae.getImportanceWeighted() is True


@pytest.mark.skipif("ELBOW_JAR" in os.environ, reason="ELBOW_JAR names another jar than the wheel's")
def test_the_wheel_brings_the_jar() -> None:
    assert Path(elbow.jar()) == Path(elbow.__file__).resolve().parent / "jars" / "elbow-job.jar"


def test_a_jar_that_is_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELBOW_JAR", str(tmp_path / "nowhere.jar"))
    with pytest.raises(FileNotFoundError, match="ELBOW_JAR must be the path of elbow-job.jar"):
        elbow.jar()
