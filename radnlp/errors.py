"""The exception tree of radnlp. Imports nothing of radnlp.

A message says what happened with the value at hand, what is allowed and what to do. It never holds report text:
a report is named by its id, a place in it by offsets.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class RadnlpError(Exception):
    """Everything radnlp raises on purpose; catch this to catch all of it."""


class ConfigError(RadnlpError):
    """A setting, an option or a run file that cannot be used as given."""


class SchemaError(RadnlpError):
    """A schema or lexicon file that breaks its format; names file, table and key."""


class PluginError(RadnlpError):
    """A plugin that cannot be loaded or broke the contract of a hook."""


class UnknownNameError(ConfigError):
    """A name that nobody offers: a schema, provider, engine, setting or command.

    Attributes:
        kind: What the name should have been ("schema", "relation mapper", ...).
        name: The name as given.
        allowed: The names that would have worked, sorted.
    """

    def __init__(self, kind: str, name: str, allowed: Iterable[str], hint: str = "") -> None:
        self.kind = kind
        self.name = name
        self.allowed = tuple(sorted(allowed))
        self._hint = hint
        super().__init__(f"unknown {kind} {name!r}{did_you_mean(name, self.allowed)}{hint}")

    def __reduce__(self) -> tuple[type[UnknownNameError], tuple[str, str, tuple[str, ...], str]]:
        """Errors come back from other processes, for which they are pickled."""
        return type(self), (self.kind, self.name, self.allowed, self._hint)


class UnknownProviderError(UnknownNameError):
    """A provider name that no loaded plugin offers."""


class DuplicateNameError(PluginError):
    """Two owners offer the same name; the message names both."""


class PipelineError(RadnlpError):
    """Pipeline components put together or used in a way that cannot work."""


class ProviderError(RadnlpError):
    """A provider that could not be built or did not keep its contract."""


class AnswerError(ProviderError):
    """A model answered something outside the schema or not parseable, or could not be asked.

    Attributes:
        code: Of the issue on the report; None for the stage's own ``STAGE_failed``.
    """

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


class ReportError(RadnlpError):
    """An input file or report that cannot be read."""


class StrictError(ReportError):
    """A report with an error, in a run that was to stop at the first one."""


def did_you_mean(name: str, allowed: Iterable[str]) -> str:
    """The tail of an unknown-name message: near names first, then all that is allowed.

    >>> did_you_mean("rulez", ["cooccurrence", "rules"])
    "; did you mean 'rules'? Available: cooccurrence, rules."
    >>> did_you_mean("x", [])
    '; none is available.'
    """
    names = sorted(allowed)
    if not names:
        return "; none is available."
    near = get_close_matches(name, names, n=2, cutoff=0.6)
    question = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else "."
    return f"{question} Available: {', '.join(names)}."
