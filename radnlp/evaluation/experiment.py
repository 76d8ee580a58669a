"""Experiment files: which systems are compared on which gold, by which metrics. TOML; everything unknown is refused.

Paths are relative to the experiment's folder; ``$NAME/`` at the start of one is an environment variable.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from radnlp.errors import ConfigError, UnknownNameError
from radnlp.records import PipelineSpec, Settings

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The reports whose number (the last one in the id) leaves one of these remainders.

    Attributes:
        aggregates_only: True for reports that nobody is to look at while tuning: no decision on one of them is written.
    """

    name: str
    modulo: int = 1
    remainders: tuple[int, ...] = (0,)
    aggregates_only: bool = False

    def holds(self, report_id: str) -> bool:
        """Whether a report belongs to the split.

        Raises:
            ConfigError: The id has no number in it.
        """
        if self.modulo == 1:
            return True
        numbers = _DIGITS.findall(report_id)
        if not numbers:
            raise ConfigError(f"the report id {report_id!r} has no number, so it cannot be split by one")
        return int(numbers[-1]) % self.modulo in self.remainders


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """The gold.

    Attributes:
        reader: Name of a gold reader.
        options: What the reader is told besides.
    """

    path: Path
    reader: str
    schema: str
    splits: tuple[Split, ...]
    options: Mapping[str, object] = field(default_factory=dict)
    group_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One of the compared: a pipeline to run, or a file of somebody's predictions.

    Attributes:
        spec: The pipeline, None where predictions are read.
        predictions: A file in the output format, None where a pipeline is run.
    """

    name: str
    spec: PipelineSpec | None = None
    predictions: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A comparison, described.

    Attributes:
        metrics: Names, in the order of the tables.
        draws: Bootstrap draws.
        seed: Of the bootstrap.
    """

    title: str
    path: Path
    data: Data
    systems: tuple[System, ...]
    metrics: tuple[str, ...]
    draws: int = 1000
    seed: int = 0


def read_experiment(path: Path) -> Experiment:
    """Read an experiment file.

    Raises:
        ConfigError: Not there, not TOML, something missing or of another kind; names file, table and key.
        UnknownNameError: A name the format does not have; with the near ones.
    """
    try:
        root = _Table(str(path), "", tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    root.only("title", "metrics", "draws", "seed", "data", "systems")
    data = _data(root.table("data"), path.parent)
    systems = tuple(_system(table, data.schema, path.parent) for table in root.tables("systems"))
    names = [system.name for system in systems]
    if not systems or len(set(names)) != len(names):
        raise ConfigError(f"{path}: [[systems]]: at least one, each with a name of its own; the names are {names}")
    return Experiment(
        title=root.get("title", str),
        path=path,
        data=data,
        systems=systems,
        metrics=tuple(root.strings("metrics")),
        draws=root.get("draws", int, 1000),
        seed=root.get("seed", int, 0),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file, with its place for messages."""

    file: str
    place: str
    rows: Mapping[str, Any]

    def only(self, *names: str) -> None:
        for name in self.rows:
            if name not in names:
                raise UnknownNameError(f"name in {self.file}: {self.place}", name, names)

    def get(self, name: str, kind: type, default: Any = None) -> Any:
        value = self.rows.get(name, default)
        if value is None and name not in self.rows:
            raise ConfigError(f"{self.file}: {self.place}{name} is missing")
        if type(value) is not kind:
            raise ConfigError(f"{self.file}: {self.place}{name} = {value!r}: must be of the kind {kind.__name__}")
        return value

    def strings(self, name: str, default: Iterable[str] | None = None) -> list[str]:
        values = self.get(name, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise ConfigError(f"{self.file}: {self.place}{name}: must be a list of strings")
        return list(values)

    def table(self, name: str, default: Mapping[str, Any] | None = None) -> _Table:
        return _Table(
            self.file, f"[{self.place.strip('[] ')}{'.' if self.place else ''}{name}] ", self.get(name, dict, default)
        )

    def tables(self, name: str) -> list[_Table]:
        rows = self.get(name, list)
        return [_Table(self.file, f"[[{name}]] no. {number}: ", row) for number, row in enumerate(rows, start=1)]

    def path(self, name: str, folder: Path) -> Path:
        text: str = self.get(name, str)
        if text.startswith("$"):
            variable, _, rest = text[1:].partition("/")
            if not os.environ.get(variable):
                raise ConfigError(f"{self.file}: {self.place}{name}: the environment variable {variable} is not set")
            return Path(os.environ[variable]) / rest
        return folder / text


def _data(table: _Table, folder: Path) -> Data:
    table.only("path", "reader", "schema", "splits", "options", "group_by")
    splits = table.table("splits", {})
    return Data(
        path=table.path("path", folder),
        reader=table.get("reader", str, "findings"),
        schema=_schema(table.get("schema", str), folder),
        splits=tuple(_split(splits.table(name), name) for name in splits.rows) or (Split(name="all"),),
        options=table.table("options", {}).rows,
        group_by=table.rows.get("group_by"),
    )


def _split(table: _Table, name: str) -> Split:
    table.only("modulo", "remainders", "aggregates_only")
    return Split(
        name=name,
        modulo=table.get("modulo", int, 1),
        remainders=tuple(table.get("remainders", list, [0])),
        aggregates_only=table.get("aggregates_only", bool, False),
    )


def _system(table: _Table, schema: str, folder: Path) -> System:
    table.only("name", "predictions", "schema", "terms", "keys", "relations", "sentence_classes", "settings")
    name = table.get("name", str)
    if "predictions" in table.rows:
        return System(name=name, predictions=table.path("predictions", folder))
    settings: dict[str, Settings] = {stage: dict(rows) for stage, rows in table.table("settings", {}).rows.items()}
    spec = PipelineSpec(
        schema=_schema(table.get("schema", str, schema), folder),
        terms=tuple(str(folder / file) for file in table.strings("terms", [])),
        keys=table.get("keys", str, "rules"),
        relations=table.get("relations", str, "rules"),
        sentence_classes=table.get("sentence_classes", str) if "sentence_classes" in table.rows else None,
        settings=settings,
    )
    return System(name=name, spec=spec)


def _schema(name: str, folder: Path) -> str:
    """A schema's name, or the absolute path of a folder."""
    return str((folder / name).resolve()) if "/" in name or "\\" in name else name
