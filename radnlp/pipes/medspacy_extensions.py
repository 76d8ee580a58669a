"""Names for medspaCy's nameless functions, so that a pipeline can work in spawned processes.

Importing medspaCy sets extensions on spaCy's Doc and Span, ten of them with lambdas. spaCy pickles all extensions for
``nlp.pipe(..., n_process=2)`` where processes are spawned (the rule on macOS and Windows), and a lambda cannot be
pickled: it has no name to be found by. Here each gets one, in this module; what it does stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def name_extensions() -> None:
    """Name every nameless getter; doing so again changes nothing."""
    for name, getter in _getters():
        if getter.__name__ == "<lambda>":
            getter.__module__, getter.__qualname__ = __name__, name


def __getattr__(name: str) -> Callable[..., Any]:
    """What pickle asks for when it looks a named getter up, in this process or in a spawned one."""
    if not name.startswith("__"):
        for known, getter in _getters():
            if known == name:
                name_extensions()
                return getter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _getters() -> Iterator[tuple[str, Callable[..., Any]]]:
    import medspacy

    for kind, extensions in (("doc", medspacy.get_doc_extensions()), ("span", medspacy.get_span_extensions())):
        for name, options in extensions.items():
            if "getter" in options:
                yield f"{kind}_{name}", options["getter"]
