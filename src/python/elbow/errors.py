"""What goes wrong, as an exception of Python."""

from __future__ import annotations

import functools
from typing import Any, Callable, Optional, TypeVar

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException

_ELBOW_EXCEPTION = "elbow.base.ElbowException"

F = TypeVar("F", bound=Callable[..., Any])


class ElbowError(Exception):
    """A fit or a model that cannot go on, for a reason that its user can act on.

    The message says what, the rule, the value found, and where. ``category`` is the kind of failure in
    lower case: ``usage`` (a setting or a column name), ``input`` (the rows), ``model`` (a damaged model),
    ``diverged`` (training has lost the ELBO), and others that Java's ``ErrorCategory`` has; ``remote`` where a server
    of Spark Connect has sent the message, which does not say the kind.
    """

    def __init__(self, message: str, category: str) -> None:
        super().__init__(message)
        self.category = category


def _is_elbows(failure: Any) -> bool:
    kind = failure.getClass()
    while kind is not None:
        if kind.getName() == _ELBOW_EXCEPTION:
            return True
        kind = kind.getSuperclass()
    return False


def known(failure: Any) -> Optional[ElbowError]:
    """The error that an exception of Java stands for, if it or one of its causes is Elbow's."""
    cause = failure
    while cause is not None:
        if _is_elbows(cause):
            return ElbowError(cause.getMessage(), cause.category().toString().lower())
        cause = cause.getCause()
    return None


def translated(method: F) -> F:
    """Has a method raise :class:`ElbowError` for what Java calls an ``ElbowException``."""

    @functools.wraps(method)
    def translating(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except Py4JJavaError as failure:
            error = known(failure.java_exception)
            if error is None:
                raise
            raise error from None
        except PySparkException as failure:
            from elbow.connect import known as known_of_server

            error = known_of_server(failure)
            if error is None:
                raise
            raise error from None

    return translating  # type: ignore[return-value]
