"""What the pages show runs as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any, Dict, List, Set

import numpy
import pyspark
import pytest

import elbow
from conftest import ROOT

PRELUDE = """
import elbow.ml._
import org.apache.spark.ml.tuning._
import org.apache.spark.sql.functions._
val place = "%s"
"""


def blocks(page: str, language: str) -> List[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def pages(language: str) -> Set[str]:
    return {
        path.name
        for path in [*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *(ROOT / "src/site/markdown").glob("*.md")]
        if blocks(str(path.relative_to(ROOT)), language)
    }


def run(page: str, shown: Dict[str, Any]) -> None:
    for program in blocks(page, "python"):
        exec(compile(program, page, "exec"), shown)


def test_all_pages_that_show_python_are_here() -> None:
    assert pages("python") == {"README.md", "python.md", "export.md"}


@pytest.fixture(scope="module")
def shown(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Dict[str, Any]:
    """What the README and the page about Python leave behind, a model in ``place``."""
    names: Dict[str, Any] = {"place": str(tmp_path_factory.mktemp("pages") / "model")}
    run("README.md", names)
    run("src/site/markdown/python.md", names)
    return names


def test_the_python_of_the_pages(shown: Dict[str, Any]) -> None:
    assert shown["model"].evaluate(shown["table"], "label").auroc > 0.8
    assert len(shown["normality"]) == 1831


def test_the_python_of_an_exported_model(
    spark: Any, shown: Dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime", reason="pages.txt was not installed")
    pytest.importorskip("mlflow", reason="pages.txt was not installed")
    jvm = spark._jvm
    model = elbow.VariationalAutoencoderModel.load(shown["place"])
    # As the command does that stands above on the page.
    refuse = getattr(jvm.elbow.files, "OutputDirectory$IfExists").REFUSE
    place = jvm.elbow.export.OnnxExport.directory(
        "output", str(tmp_path / "exported" / "cardio"), refuse, spark._jsc.hadoopConfiguration()
    )
    jvm.elbow.export.OnnxExport.write(model._java_obj.used().model(), place)
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    exported: Dict[str, Any] = {}

    run("src/site/markdown/export.md", exported)

    scores = model.copy({model.scoringSamples: 0}).transform(exported["table"])
    numpy.testing.assert_allclose(exported["elbo"], scores["elbo"], rtol=1e-4, atol=1e-4)
    numpy.testing.assert_allclose(exported["anomaly"], scores["anomaly_score"], rtol=1e-4, atol=1e-4)
    assert {len(values) for values in exported["made"].values()} == {5}
    served = exported["model"].predict(exported["table"][exported["columns"].keys()].astype("float64"))
    numpy.testing.assert_array_equal(served["elbo"], exported["elbo"])


def test_the_scala_of_the_readme(tmp_path: Path) -> None:
    (program,) = blocks("README.md", "scala")
    source = tmp_path / "page.scala"
    source.write_text(PRELUDE % (tmp_path / "model") + program + "\nSystem.exit(0)\n", encoding="utf-8")
    environment = {**os.environ, "SPARK_HOME": str(Path(pyspark.__file__).parent), "OMP_NUM_THREADS": "1"}
    shell = Path(environment["SPARK_HOME"]) / "bin" / "spark-shell"
    settings = ["--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1"]
    settings += ["--driver-java-options", "-XX:TieredStopAtLevel=1", "--driver-memory", "2g"]
    said = subprocess.run(
        [str(shell), "--master", "local[2]", *settings, "--driver-class-path", elbow.jar(), "-i", str(source)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert "error:" not in said.stdout + said.stderr, said.stdout + said.stderr
    assert re.search(r"^model [0-9a-f]{12}: network .* ELBO ", said.stdout, re.MULTILINE), said.stdout + said.stderr
    assert (tmp_path / "model" / "manifest.json").is_file()
