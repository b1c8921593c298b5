"""What a session of Spark Connect is told by this version of Spark; what works in one, src/python/connect tests."""

from __future__ import annotations

from typing import Any

import pyspark
import pytest

import elbow
from elbow import connect


@pytest.mark.skipif(not pyspark.__version__.startswith("3."), reason="Spark 4 has stages run by the server")
@pytest.mark.parametrize("asked", [elbow.VariationalAutoencoder, elbow.ElboEvaluator, elbow.session])
def test_spark_3_refuses_sessions_of_connect(asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "is_remote", lambda: True)

    with pytest.raises(elbow.ElbowError, match="must be a classic one .* but is one of Spark Connect") as failed:
        asked()

    assert failed.value.category == "usage"


@pytest.mark.skipif(not pyspark.__version__.startswith("3."), reason="Spark 4 has stages run by the server")
def test_spark_3_refuses_rows_of_connect(model: elbow.VariationalAutoencoderModel) -> None:
    rows = type("DataFrame", (), {"__module__": "pyspark.sql.connect.dataframe"})()

    with pytest.raises(elbow.ElbowError, match="must be a classic one .* but is one of Spark Connect"):
        model.transform(rows)


def test_what_a_server_says_is_an_error_of_elbow() -> None:
    failure = type("SparkConnectGrpcException", (Exception,), {"__module__": "pyspark.errors.exceptions.connect"})

    error = connect.known(failure("(elbow.base.ElbowException) param epochs must be > 0\n\nJVM stacktrace:\nat elbow"))

    assert error is not None
    assert (str(error), error.category) == ("param epochs must be > 0", "remote")
    assert connect.known(failure("(java.io.IOException) disk")) is None
    assert connect.known(ValueError("(elbow.base.ElbowException) not of a server")) is None
