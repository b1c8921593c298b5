"""Where the jar is, and a local Spark session with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Optional, Sequence

from pyspark import SparkContext
from pyspark.sql import SparkSession

from elbow import connect
from elbow.connect import of_connect

_JAR = "elbow-job.jar"
_VARIABLE = "ELBOW_JAR"


def jar() -> str:
    """The path of Elbow's jar, for ``spark.jars`` of a session on a cluster.

    The first that there is of: the file that the environment variable ``ELBOW_JAR`` names; the one that the
    wheel brings along; ``target/elbow-job.jar`` of a clone of the repository that this package is in.

    Raises FileNotFoundError if there is none.
    """
    named = os.environ.get(_VARIABLE)
    if named:
        if not Path(named).is_file():
            raise FileNotFoundError(f"{_VARIABLE} must be the path of {_JAR}, but there is no file {named}")
        return str(Path(named).resolve())
    here = Path(__file__).resolve().parent
    places = [here / "jars" / _JAR] + [parent / "target" / _JAR for parent in here.parents]
    for place in places:
        if place.is_file():
            return str(place)
    raise FileNotFoundError(
        f"no {_JAR} was found: install the wheel that the build makes, or set {_VARIABLE} to the path of the jar"
    )


def _default_session() -> Optional[SparkSession]:
    """The session of all threads: a builder would have its settings changed to those of a new one."""
    made = SparkSession._instantiatedSession
    if made is not None and made.sparkContext._jsc is not None:
        return made
    context = SparkContext._active_spark_context
    if context is None or context._jvm is None:
        return None
    default = context._jvm.SparkSession.getDefaultSession()
    return SparkSession(context, default.get()) if default.isDefined() else None


def session(master: str = "local[*]", memory: str = "2g", **settings: Any) -> SparkSession:
    """The active Spark session, or else the default one as it is, or else a local one with Elbow's jar.

    :param master: where Spark runs, such as ``local[4]``; on a cluster executors are sent the jar
    :param memory: heap of the driver, which in local mode does all the work
    :param settings: further settings of Spark, with ``__`` for dots: ``spark__ui__enabled=False``
    """
    if of_connect():
        return connect.session()
    there = SparkSession.getActiveSession() or _default_session()
    if there is not None:
        return there
    # Parallelism comes from replicas: more BLAS threads than one per task only fight for the cores.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    builder = SparkSession.builder.master(master).appName("elbow").config("spark.driver.memory", memory)
    builder = builder.config("spark.executorEnv.OMP_NUM_THREADS", "1")
    # A time without a zone in a text means the same on every machine.
    builder = builder.config("spark.sql.session.timeZone", "UTC")
    if master.startswith("local"):
        # Without a copy of it, which spark.jars would make.
        builder = builder.config("spark.driver.extraClassPath", jar()).config("spark.ui.enabled", "false")
    else:
        builder = builder.config("spark.jars", jar())
    for name, value in settings.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        builder = builder.config(name.replace("__", "."), text)
    return builder.getOrCreate()


def java_texts(values: Sequence[str]) -> Any:
    """An array of strings in the JVM of the session that is active."""
    context = SparkContext._active_spark_context
    assert context is not None and context._gateway is not None
    array = context._gateway.new_array(context._gateway.jvm.java.lang.String, len(values))
    for i, value in enumerate(values):
        array[i] = value
    return array
