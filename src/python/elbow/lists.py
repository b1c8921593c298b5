"""Lists of lists in HOCON, as some params hold them."""

from __future__ import annotations

import json
from typing import Any, Mapping


def to_hocon(value: Any) -> str:
    """A mapping as a list for each key, of it and its values; a list as it is; a text is HOCON already."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return json.dumps([[key, *([values] if isinstance(values, str) else values)] for key, values in value.items()])
    return json.dumps(list(value))
