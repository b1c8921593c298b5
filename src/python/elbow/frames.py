"""Small tables of pandas in and out."""

from __future__ import annotations

from typing import Any, Dict

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col, lit
from pyspark.sql.types import (
    BooleanType,
    DataType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

from elbow.connect import of_connect
from elbow.spark import session

# By the kind of a dtype; others are objects, of texts for the most part.
_TYPES: Dict[str, DataType] = {
    "b": BooleanType(),
    "i": LongType(),
    "u": LongType(),
    "f": DoubleType(),
    "M": TimestampType(),
}


def is_pandas(rows: Any) -> bool:
    """Whether rows are a table of pandas, without importing pandas."""
    return type(rows).__module__.split(".")[0] == "pandas" and hasattr(rows, "columns")


def to_spark(rows: Any) -> DataFrame:
    """A table of pandas as a DataFrame of Spark; one of Spark as it is.

    Gaps of texts, times and nullable types become null. Columns without any value have the type of their dtype.
    """
    if not is_pandas(rows):
        of_connect(rows)
        return rows
    spark: SparkSession = session()
    table = rows.copy(deep=False)
    table.columns = [str(name) for name in rows.columns]
    untold: Dict[str, DataType] = {}
    for name in table.columns:
        column = table[name]
        gaps = column.isna()
        extended = hasattr(column.dtype, "na_value")
        if gaps.all() and (extended or column.dtype.kind != "f"):
            untold[name] = _type(column.dtype)
        elif (
            column.dtype == object
            or str(column.dtype) in ("string", "category")
            or (extended and column.dtype.kind != "M" and gaps.any())
        ):
            table[name] = column.astype(object).where(~gaps, None)
    told = [name for name in table.columns if name not in untold]
    if len(table) == 0 or not told:
        fields = [StructField(name, untold.get(name, DoubleType())) for name in table.columns]
        return spark.createDataFrame([(None,) * len(fields)] * len(table), StructType(fields))
    # Spark tells types from values, and takes times without a zone for others once it is given a schema.
    made = spark.createDataFrame(table[told])
    if not untold:
        return made
    return made.select(
        [lit(None).cast(untold[name]).alias(name) if name in untold else col(_quoted(name)) for name in table.columns]
    )


def _type(dtype: Any) -> DataType:
    """The type that Spark tells from values of a dtype of pandas."""
    if str(dtype) == "category":
        dtype = dtype.categories.dtype
    return _TYPES.get(dtype.kind, StringType())


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def as_given(given: Any, made: DataFrame) -> Any:
    """A DataFrame of Spark as pandas if that is what was given."""
    return made.toPandas() if is_pandas(given) else made
