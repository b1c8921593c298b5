"""Small tables of pandas in and out."""

from __future__ import annotations

from typing import Any

from pyspark.sql import DataFrame, SparkSession

from elbow.spark import session


def is_pandas(rows: Any) -> bool:
    """Whether rows are a table of pandas, without importing pandas."""
    return type(rows).__module__.split(".")[0] == "pandas" and hasattr(rows, "columns")


def to_spark(rows: Any) -> DataFrame:
    """A table of pandas as a DataFrame of Spark; one of Spark as it is. Gaps of texts become null."""
    if not is_pandas(rows):
        return rows
    spark: SparkSession = session()
    table = rows.copy(deep=False)
    table.columns = [str(name) for name in rows.columns]
    for name in table.columns:
        column = table[name]
        if column.dtype == object or str(column.dtype) in ("string", "category"):
            texts = column.astype(object)
            table[name] = texts.where(texts.notna(), None)
    return spark.createDataFrame(table)


def as_given(given: Any, made: DataFrame) -> Any:
    """A DataFrame of Spark as pandas if that is what was given."""
    return made.toPandas() if is_pandas(given) else made
