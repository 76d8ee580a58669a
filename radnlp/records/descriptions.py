"""What a plugin's hooks return: descriptions of what it offers, not live objects.

Building the real thing is the job of the ``factory``, which is called only when somebody asks for it by name; heavy
imports belong there.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Literal, TypeAlias, TypeVar

from radnlp.records.lexicon import Lexicon
from radnlp.records.protocols import BatchEngine, CommandHost, Setting, Settings
from radnlp.records.schema import Schema

T_co = TypeVar("T_co", covariant=True)
CheckState: TypeAlias = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaSource:
    """A schema that a plugin ships: a folder with ``schema.toml`` and ``terms/*.toml``."""

    id: str
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconSource:
    """A lexicon file that applies to every schema of its language: cues, headings, abbreviations."""

    language: str
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Generic[T_co]):
    """A named implementation of a stage.

    Attributes:
        name: What users write after ``--keys``, ``--relations`` or ``--sentence-classes``.
        summary: One line for ``radnlp plugins``.
        factory: Builds it from schema, lexicon and the complete settings.
        settings: Every setting it knows with its default; other names are refused.
        schemas: The schemas it can serve, None for all.
        languages: The languages it can read, None for all.
        install_hint: What to do when something it needs is missing.
        inner: The setting that names another provider of the same stage, which this one asks: ``then``. What that one
            knows of settings may be given behind the name and a dot, ``then.model_path``, and is checked and completed
            likewise; ``factory`` gets it so.
    """

    name: str
    summary: str
    factory: Callable[[Schema, Lexicon, Settings], T_co]
    settings: Mapping[str, Setting] = field(default_factory=dict)
    schemas: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    install_hint: str = ""
    inner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineProvider:
    """A named batch engine.

    Attributes:
        name: What users write after ``--engine``.
        summary: One line for ``radnlp plugins``.
        factory: Receives the number of workers asked for (at least 1), and where ``settings`` names any, the complete
            settings after it.
        max_workers: More are refused; None for no limit.
        install_hint: What to do when something it needs is missing.
        settings: Every setting it knows with its default (``--set engine.NAME=VALUE``); other names are refused.
    """

    name: str
    summary: str
    factory: Callable[..., BatchEngine]
    max_workers: int | None = None
    install_hint: str = ""
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def engine(self, workers: int = 1, settings: Settings | None = None) -> BatchEngine:
        """The engine; ``settings`` are laid over the defaults."""
        return self.factory(workers, {**self.settings, **(settings or {})}) if self.settings else self.factory(workers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command of the ``radnlp`` program.

    Attributes:
        summary: One line for ``radnlp --help``.
        add_arguments: Adds its arguments to the parser it is given and sets its ``description``, with an example that
            runs as it stands.
        run: Does the work and returns the exit status; raises a RadnlpError for wrong use.
    """

    name: str
    summary: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, CommandHost], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One thing that a check of ``radnlp doctor`` found out.

    Attributes:
        name: What it is about, unique in its check.
        state: ``ok``; ``warning`` for what works, but worse than it could; ``failed`` for what does not work.
        words: The same in a sentence, which for the other two states says what to do.
        values: The same for programs; JSON-able.
    """

    name: str
    state: CheckState
    words: str
    values: Mapping[str, Setting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What ``radnlp doctor`` looks at: whether something that a plugin needs is there, and works.

    Attributes:
        name: Heading of its lines, and first part of its settings' names.
        summary: One line.
        run: Looks, with the complete settings; says what it found, and raises nothing that was to be expected.
        settings: Every setting it knows with its default; other names are refused.
    """

    name: str
    summary: str
    run: Callable[[Settings], Sequence[CheckLine]]
    settings: Mapping[str, Setting] = field(default_factory=dict)
