"""Variational autoencoders on Apache Spark: trained, tuned, saved and at work on rows.

>>> import elbow                                                          # doctest: +SKIP
>>> spark = elbow.session()                                               # doctest: +SKIP
>>> model = elbow.VariationalAutoencoder(latentSize=8).fit(rows)          # doctest: +SKIP
>>> model.transform(rows).orderBy("anomaly_score", ascending=False)       # doctest: +SKIP
"""

from elbow.detector import ElbowDetector
from elbow.errors import ElbowError
from elbow.ml import (
    ElboEvaluator,
    Evaluation,
    ModelSummary,
    VariationalAutoencoder,
    VariationalAutoencoderModel,
)
from elbow.spark import jar, session

__all__ = [
    "ElboEvaluator",
    "ElbowDetector",
    "ElbowError",
    "Evaluation",
    "ModelSummary",
    "VariationalAutoencoder",
    "VariationalAutoencoderModel",
    "jar",
    "session",
]
