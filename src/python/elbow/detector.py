"""Anomalies in a small table, without a word of Spark."""

from __future__ import annotations

from typing import Any, Dict, Optional

from elbow.frames import is_pandas
from elbow.ml import VariationalAutoencoder, VariationalAutoencoderModel


class ElbowDetector:
    """Finds the strange rows of a small table, as the outlier detectors of scikit-learn do.

    >>> detector = ElbowDetector(epochs=50).fit(table)      # doctest: +SKIP
    >>> detector.score_samples(table)                       # doctest: +SKIP

    As in scikit-learn **higher scores are more normal**: :meth:`score_samples` is minus the ``anomaly_score`` of
    :class:`VariationalAutoencoderModel`, in nats. :meth:`predict` is -1 for anomalies and 1 for others.

    Spark runs in local mode in the background, unless there is a session already. Tables are pandas', of numbers,
    texts, truth values and times, gaps allowed; or arrays of numbers, whose columns are called ``x0``, ``x1`` and
    so on.

    :param contamination: share of the training rows that is taken to be anomalous, in [0, 1), which decides on the
        threshold; None leaves it to ``thresholdRule``
    :param params: any params of :class:`VariationalAutoencoder`
    """

    #: The fitted model.
    model_: VariationalAutoencoderModel

    #: What scores of normal rows are above: minus the param ``threshold``, or else the model's threshold.
    offset_: float

    def __init__(self, contamination: Optional[float] = None, **params: Any) -> None:
        self.contamination = contamination
        self._params = dict(params)

    def get_params(self, deep: bool = True) -> Dict[str, Any]:
        """The params by their names."""
        return {"contamination": self.contamination, **self._params}

    def set_params(self, **params: Any) -> "ElbowDetector":
        """Sets params by their names."""
        for name, value in params.items():
            if name == "contamination":
                self.contamination = value
            else:
                self._params[name] = value
        return self

    def fit(self, X: Any, y: Any = None) -> "ElbowDetector":
        """Trains on all rows, which should be normal for the most part; ``y`` is not looked at."""
        params = dict(self._params)
        if self.contamination is not None:
            params.update(thresholdRule="contamination", contamination=float(self.contamination))
        self.model_ = VariationalAutoencoder(**params).fit(_table(X))
        is_set = self.model_.isSet(self.model_.threshold)
        self.offset_ = -(self.model_.getThreshold() if is_set else self.model_.modelThreshold)
        return self

    def score_samples(self, X: Any) -> Any:
        """How normal each row is, an array of nats: higher is more normal."""
        return -self._scores(X)

    def decision_function(self, X: Any) -> Any:
        """``score_samples(X) - offset_``: below 0 for anomalies."""
        return self.score_samples(X) - self.offset_

    def predict(self, X: Any) -> Any:
        """-1 for each anomaly, 1 for each other row."""
        import numpy

        return numpy.where(self._scores(X) > -self.offset_, -1, 1)

    def fit_predict(self, X: Any, y: Any = None) -> Any:
        """:meth:`predict` of the rows that are trained on."""
        return self.fit(X).predict(X)

    def _scores(self, X: Any) -> Any:
        if not hasattr(self, "model_"):
            raise RuntimeError("the detector must be fitted before it scores: call fit first")
        return self.model_.transform(_table(X))["anomaly_score"].to_numpy()


def _table(X: Any) -> Any:
    if is_pandas(X):
        return X
    import numpy
    import pandas

    values = numpy.asarray(X)
    if values.ndim != 2:
        raise ValueError(f"X must have rows and columns, but has {values.ndim} dimensions")
    return pandas.DataFrame(values, columns=[f"x{i}" for i in range(values.shape[1])])
