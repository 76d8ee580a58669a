"""Experiment files: which systems are compared on which gold, by which metrics. TOML; everything unknown is refused.

Paths are relative to the experiment's folder. ``$NAME`` at the start of a path or of a setting is an environment
variable, since data and models are the user's. One that is not set makes no file wrong; what needs it is not run, and
says so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from radnlp.errors import ConfigError
from radnlp.evaluation.toml_table import TomlTable
from radnlp.evaluation.variables import Filled, filled, unset_words
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
        lacks: What is missing for it to be read, in words; empty where nothing is known to be.
        variables: Environment variable -> value, of the one in its path.
    """

    path: Path
    reader: str
    schema: str
    splits: tuple[Split, ...]
    options: Mapping[str, object] = field(default_factory=dict)
    group_by: str | None = None
    lacks: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One of the compared: a pipeline to run, or a file of somebody's predictions.

    Attributes:
        spec: The pipeline, None where predictions are read.
        predictions: A file in the output format, None where a pipeline is run.
        needs: What it takes to run it and how to get that, in words: told when it could not be run.
        lacks: What is missing for it to be run; empty where nothing is known to be.
        variables: Environment variable -> value, of those in its settings and paths.
    """

    name: str
    spec: PipelineSpec | None = None
    predictions: Path | None = None
    needs: str = ""
    lacks: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A comparison, described.

    Attributes:
        metrics: Names, in the order of the tables.
        draws: Bootstrap draws.
        seed: Of the bootstrap.
        shown: The scores in short tables, as METRIC.SCORE; empty for the headline of each metric.
    """

    title: str
    path: Path
    data: Data
    systems: tuple[System, ...]
    metrics: tuple[str, ...]
    draws: int = 1000
    seed: int = 0
    shown: tuple[str, ...] = ()


def read_experiment(path: Path) -> Experiment:
    """Read an experiment file.

    Raises:
        ConfigError: Not there, not TOML, something missing or of another kind; names file, table and key.
        UnknownNameError: A name the format does not have; with the near ones.
    """
    try:
        root = TomlTable(str(path), "", tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
    root.only("title", "metrics", "draws", "seed", "shown", "data", "systems")
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
        shown=tuple(root.strings("shown", [])),
    )


def _data(table: TomlTable, folder: Path) -> Data:
    table.only("path", "reader", "schema", "splits", "options", "group_by")
    splits = table.table("splits", {})
    place = filled(table.get("path", str))
    return Data(
        path=_path(place, folder),
        lacks=unset_words(place),
        variables=place.values,
        reader=table.get("reader", str, "findings"),
        schema=_schema(table.get("schema", str), folder),
        splits=tuple(_split(splits.table(name), name) for name in splits.rows) or (Split(name="all"),),
        options=table.table("options", {}).rows,
        group_by=table.rows.get("group_by"),
    )


def _split(table: TomlTable, name: str) -> Split:
    table.only("modulo", "remainders", "aggregates_only")
    return Split(
        name=name,
        modulo=table.get("modulo", int, 1),
        remainders=tuple(table.get("remainders", list, [0])),
        aggregates_only=table.get("aggregates_only", bool, False),
    )


def _system(table: TomlTable, schema: str, folder: Path) -> System:
    table.only("name", "predictions", "schema", "terms", "keys", "relations", "sentence_classes", "settings", "needs")
    name, needs = table.get("name", str), table.get("needs", str, "")
    if "predictions" in table.rows:
        place = filled(table.get("predictions", str))
        return System(
            name=name,
            predictions=_path(place, folder),
            needs=needs,
            lacks=unset_words(place),
            variables=place.values,
        )
    settings, found = _settings(table.table("settings", {}))
    spec = PipelineSpec(
        schema=_schema(table.get("schema", str, schema), folder),
        terms=tuple(str(folder / file) for file in table.strings("terms", [])),
        keys=table.get("keys", str, "rules"),
        relations=table.get("relations", str, "rules"),
        sentence_classes=table.get("sentence_classes", str) if "sentence_classes" in table.rows else None,
        settings=settings,
    )
    return System(
        name=name,
        spec=spec,
        needs=needs,
        lacks="; ".join(dict.fromkeys(filter(None, map(unset_words, found)))),
        variables={name: text for value in found for name, text in value.values.items()},
    )


def _settings(table: TomlTable) -> tuple[dict[str, Settings], list[Filled]]:
    """Stage -> settings, with variables filled in, and what was filled in."""
    settings: dict[str, Settings] = {}
    found: list[Filled] = []
    for stage in table.rows:
        rows = dict(table.table(stage).rows)
        for name, value in rows.items():
            if isinstance(value, str):
                found.append(filled(value))
                rows[name] = found[-1].text
        settings[stage] = rows
    return settings, found


def _path(place: Filled, folder: Path) -> Path:
    return Path(place.text) if place.values or place.unset else folder / place.text


def _schema(name: str, folder: Path) -> str:
    """A schema's name, or the absolute path of a folder."""
    return str((folder / name).resolve()) if "/" in name or "\\" in name else name
