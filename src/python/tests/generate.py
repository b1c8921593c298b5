"""Writes elbow/_params.py from the params of the Java classes: src/python/run params

A test compares what it would write with what there is.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any, List

from elbow.spark import session

TARGET = Path(__file__).resolve().parent.parent / "elbow" / "_params.py"

WIDTH = 110

# By the class of a Java param: type, converter.
KINDS = {
    "IntParam": ("int", "TypeConverters.toInt"),
    "LongParam": ("int", "TypeConverters.toInt"),
    "DoubleParam": ("float", "TypeConverters.toFloat"),
    "BooleanParam": ("bool", "TypeConverters.toBoolean"),
    "IntArrayParam": ("List[int]", "TypeConverters.toListInt"),
    "StringArrayParam": ("List[str]", "TypeConverters.toListString"),
    "Param": ("str", "TypeConverters.toString"),
}

# Texts in HOCON that stand for lists.
LISTS = {
    "levels": "Union[Mapping[str, Sequence[str]], str]",
    "timeCols": "Union[Mapping[str, str], Sequence[str], str]",
}

# Numbers that may be "auto" without that being the default: the param is NaN then.
AUTO = ("maskShare",)

HEAD = '''"""The params of Elbow's stages. Written by generate.py from those of the Java classes: do not change by hand."""

from __future__ import annotations

from typing import List, Mapping, Sequence, TypeVar, Union

from pyspark.ml.param import Param, Params, TypeConverters

from elbow.lists import or_auto, to_hocon

T = TypeVar("T", bound=Params)
'''


def literal(text: str, indent: str) -> str:
    """A text as Python writes it, over as many lines as it takes."""
    lines = textwrap.wrap(text, WIDTH - len(indent) - 3, drop_whitespace=False, break_on_hyphens=False)
    return "\n".join(indent + repr_double(line) for line in lines)


def repr_double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def short(doc: str) -> str:
    """What stands in the file. Docs of keys are in reference.conf alone; a stage fetches them when it is made."""
    key = re.search(r"\(([a-z-]+(?:\.[a-z-]+)*)\)$", doc)
    return f"The key {key.group(1)} of reference.conf." if key else doc


def member(param: Any) -> str:
    name = param.name()
    python_type, converter = KINDS[param.getClass().getSimpleName()]
    given = python_type
    if name in LISTS:
        given, converter = LISTS[name], "to_hocon"
    if name in AUTO:
        given, converter = "Union[float, str]", "or_auto"
    capital = name[0].upper() + name[1:]
    return f'''
    {name}: Param[{python_type}] = Param(
        Params._dummy(),
        "{name}",
{literal(short(param.doc()), "        ")},
        typeConverter={converter},
    )

    def set{capital}(self: T, value: {given}) -> T:
        """Sets :attr:`{name}`."""
        return self._set({name}=value)  # type: ignore[return-value]

    def get{capital}(self) -> {python_type}:
        """The value of :attr:`{name}`; a KeyError if it is not set and has no default."""
        return self.getOrDefault(self.{name})
'''


def mixin(name: str, doc: str, params: List[Any]) -> str:
    return f'\n\nclass {name}(Params):\n    """{doc}"""\n' + "".join(member(param) for param in params)


def generated() -> str:
    """What the file is to hold."""
    jvm = session()._jvm  # type: ignore[union-attr]
    everything = list(jvm.elbow.ml.VariationalAutoencoder("vae").params())
    scoring = [param for param in everything if param.name() in ("explained", "latentCol", "scoringSamples", "threshold")]
    fitting = [param for param in everything if param not in scoring]
    return (
        HEAD
        + mixin("_ScoreParams", "How a model scores rows. Set on an estimator, its models have them.", scoring)
        + mixin("_FitParams", "What is trained on, and how.", fitting)
    )


if __name__ == "__main__":
    TARGET.write_text(generated(), encoding="utf-8")
    print(f"wrote {TARGET}")
