"""Sessions of Spark Connect: what works in them, and what does not.

A client of Spark Connect has no JVM. Spark 4 has estimators and models of the server's fitted, applied, written and
loaded by their names and params alone; Spark 3.5 has none of that for what is not Spark's own.
"""

from __future__ import annotations

from typing import Any, Optional

import pyspark
from pyspark.sql.utils import is_remote

from elbow.errors import ElbowError

# How a server's exceptions are told apart: a client has their texts.
_NAME = "(elbow.base.ElbowException)"


def of_connect(rows: Any = None) -> bool:
    """Whether the process works by Spark Connect, or rows are of a session that does.

    Raises ElbowError under Spark 3.5, which cannot run Elbow's stages so.
    """
    remote = is_remote() or type(rows).__module__.startswith("pyspark.sql.connect.")
    if remote and int(pyspark.__version__.split(".")[0]) < 4:
        raise ElbowError(
            "the session must be a classic one (SparkSession.builder.master, or elbow.session()) with Spark"
            f" {pyspark.__version__}, but is one of Spark Connect: only Spark 4 has stages such as Elbow's run by its server",
            "usage",
        )
    return remote


def require_classic(what: str) -> None:
    """Raises ElbowError in a session of Spark Connect, which ``what`` cannot be had in."""
    if of_connect():
        raise ElbowError(
            f"{what} must be asked of a model in a classic session, but this one is of Spark Connect, whose clients fit,"
            " transform, explain, write and load: write the model, and load it in a classic session",
            "usage",
        )


def session() -> Any:
    """The active session of Spark Connect.

    Raises ElbowError if there is none.
    """
    from pyspark.sql.connect.session import SparkSession

    there = SparkSession.getActiveSession()
    if there is None:
        raise ElbowError(
            "a session of Spark Connect must have been made before, by SparkSession.builder.remote, but there is none",
            "usage",
        )
    return there


def known(failure: BaseException) -> Optional[ElbowError]:
    """The error that a server's exception stands for, if it is Elbow's: of category ``remote``, for the text is all."""
    text = str(failure)
    if not type(failure).__module__.startswith("pyspark.errors.exceptions.connect") or _NAME not in text:
        return None
    message = text.split(_NAME, 1)[1].strip().split("\n\nJVM stacktrace:", 1)[0].strip()
    return ElbowError(message, "remote")
