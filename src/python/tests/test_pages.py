"""What the pages show runs as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any, Dict, List

import pyspark

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


def test_the_python_of_the_pages(spark: Any, tmp_path: Path) -> None:
    shown: Dict[str, Any] = {"place": str(tmp_path / "model")}
    programs = blocks("README.md", "python") + blocks("src/site/markdown/python.md", "python")
    for program in programs:
        exec(compile(program, "page", "exec"), shown)

    assert len(programs) == 3
    assert shown["model"].evaluate(shown["table"], "label").auroc > 0.8
    assert len(shown["normality"]) == 1831


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
