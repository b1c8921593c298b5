"""Elbow's stages by a client of Spark Connect, against a server with Elbow's jar: ``src/python/run connect``."""

from __future__ import annotations

import math
import os
import re
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Iterator

import pandas
import pyspark
import pytest
from pyspark.sql import SparkSession

import elbow

_SECONDS = 120


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server is that is started for the tests."""
    port = _free_port()
    home = Path(pyspark.__file__).parent
    said = tmp_path_factory.mktemp("server") / "server.log"
    command = [str(home / "bin" / "spark-submit"), "--master", "local[2]", "--driver-memory", "2g"]
    # As sbin/start-connect-server.sh does.
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--jars", os.environ["ELBOW_JAR"]]
    for setting in [
        f"spark.connect.grpc.binding.port={port}",
        "spark.connect.grpc.binding.address=127.0.0.1",
        "spark.driver.host=127.0.0.1",
        "spark.driver.bindAddress=127.0.0.1",
        "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1",
        f"spark.sql.warehouse.dir={said.parent / 'warehouse'}",
        "spark.sql.shuffle.partitions=2",
        "spark.ui.enabled=false",
    ]:
        command += ["--conf", setting]
    environment = dict(os.environ, OMP_NUM_THREADS="1", SPARK_HOME=str(home))
    with open(said, "w") as log:
        process = subprocess.Popen(
            [*command, "spark-internal"], stdout=log, stderr=subprocess.STDOUT, env=environment, cwd=said.parent
        )
    try:
        deadline = time.monotonic() + _SECONDS
        while not _answers(port):
            assert process.poll() is None and time.monotonic() < deadline, said.read_text()[-3000:]
            time.sleep(0.2)
        yield f"sc://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def spark(server: str) -> Iterator[Any]:
    session = SparkSession.builder.remote(server).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def table() -> pandas.DataFrame:
    """200 rows on a curve and one beside it."""
    rows = range(200)
    made = pandas.DataFrame(
        {
            "id": list(rows),
            "a": [math.sin(i) for i in rows],
            "b": [2 * math.sin(i) + 0.1 * math.cos(5 * i) for i in rows],
            "colour": [["red", "green"][i % 2] for i in rows],
        }
    )
    made.loc[200] = [200, 0.9, -40.0, "red"]
    return made


def _quick() -> elbow.VariationalAutoencoder:
    return elbow.VariationalAutoencoder(
        ignoredCols=["id"], replicas=1, batchSize=32, epochs=4, measureEvery=60, encoderSizes=[8], latentSize=2
    )


@pytest.fixture(scope="session")
def model(spark: Any, table: pandas.DataFrame) -> elbow.VariationalAutoencoderModel:
    return _quick().fit(spark.createDataFrame(table))


def _scores(rows: Any) -> Any:
    return rows.orderBy("id").toPandas()["anomaly_score"].tolist()


def test_fits_and_transforms_on_the_server(spark: Any, table: pandas.DataFrame, model: Any) -> None:
    scored = model.transform(spark.createDataFrame(table))

    assert type(scored).__module__ == "pyspark.sql.connect.dataframe"
    assert scored.columns[:4] == list(table.columns)
    strangest = scored.orderBy(scored.anomaly_score.desc()).first()
    assert strangest.id == 200
    assert math.isfinite(strangest.elbo)


def test_takes_pandas_and_gives_pandas(spark: Any, table: pandas.DataFrame, model: Any) -> None:
    scored = model.transform(table)

    assert isinstance(scored, pandas.DataFrame)
    assert scored["anomaly_score"].idxmax() == 200


def test_explains_by_a_param(spark: Any, table: pandas.DataFrame, model: Any) -> None:
    explained = model.explain(spark.createDataFrame(table), 1).where("id = 200").first()

    assert [one.column for one in explained.contributions] == ["b", "latent", "other"]


def test_a_model_that_is_written_is_read_with_its_scores(
    spark: Any, table: pandas.DataFrame, model: Any, tmp_path: Path
) -> None:
    rows = spark.createDataFrame(table)
    place = str(tmp_path / "model")
    model.write().overwrite().save(place)

    assert (tmp_path / "model" / "manifest.json").is_file()
    assert _scores(elbow.VariationalAutoencoderModel.load(place).transform(rows)) == _scores(model.transform(rows))


def test_an_estimator_that_is_written_is_read_with_its_params(spark: Any, tmp_path: Path) -> None:
    place = str(tmp_path / "estimator")
    _quick().write().save(place)
    read = elbow.VariationalAutoencoder.load(place)

    assert (read.getEpochs(), read.getEncoderSizes(), read.getIgnoredCols()) == (4, [8], ["id"])


def test_the_evaluator_is_the_mean_elbo(spark: Any, table: pandas.DataFrame, model: Any) -> None:
    scored = model.transform(spark.createDataFrame(table))
    mean = scored.toPandas()["elbo"].mean()

    assert elbow.ElboEvaluator().evaluate(scored) == pytest.approx(mean, rel=1e-12)


def test_the_page_is_right(spark: Any, server: str, table: pandas.DataFrame, tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[3] / "src" / "site" / "markdown" / "python.md"
    (program,) = re.findall(r"^```text\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    here = program.replace("sc://server:15002", server).replace("hdfs:///", f"{tmp_path}/")
    spark.createDataFrame(table.rename(columns={"id": "label"})).write.parquet(str(tmp_path / "rows"))

    exec(compile(here, "python.md", "exec"), {"SparkSession": SparkSession, "elbow": elbow})

    assert here.count(str(tmp_path)) == 4
    assert spark.read.parquet(str(tmp_path / "scores")).where("contributions IS NOT NULL").count() == len(table)
    assert (tmp_path / "models" / "rows" / "manifest.json").is_file()


def test_what_the_server_refuses_is_an_error_of_elbow(spark: Any, table: pandas.DataFrame) -> None:
    with pytest.raises(elbow.ElbowError, match="^inputCols must not name a column of ignoredCols, but is id$") as failed:
        _quick().setInputCols(["id"]).fit(spark.createDataFrame(table))

    assert failed.value.category == "remote"


@pytest.mark.parametrize(
    "asked",
    [
        lambda model, rows: model.summary(),
        lambda model, rows: model.generate(3),
        lambda model, rows: model.encode(rows),
        lambda model, rows: model.evaluate(rows),
        lambda model, rows: model.modelThreshold,
    ],
)
def test_what_needs_a_jvm_says_so(spark: Any, table: pandas.DataFrame, model: Any, asked: Any) -> None:
    with pytest.raises(elbow.ElbowError, match="must be asked of a model in a classic session"):
        asked(model, spark.createDataFrame(table))
