"""What some params hold for the values that they are given: lists of lists in HOCON, NaN for auto."""

from __future__ import annotations

import json
from typing import Any, Mapping

from pyspark.ml.param import TypeConverters


def to_hocon(value: Any) -> str:
    """A mapping as a list for each key, of it and its values; a list as it is; a text is HOCON already."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return json.dumps([[key, *([values] if isinstance(values, str) else values)] for key, values in value.items()])
    return json.dumps(list(value))


def or_auto(value: Any) -> float:
    """A number; "auto" is NaN."""
    return float("nan") if value == "auto" else TypeConverters.toFloat(value)
