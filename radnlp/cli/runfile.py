"""``--config run.toml``: options in a file. What stands on the command line goes before what stands in the file."""

from __future__ import annotations

import tomllib
from argparse import Namespace
from pathlib import Path
from typing import Any

from radnlp.errors import ConfigError, UnknownNameError

#: Name in the file -> attribute of the parsed options, and the kind of its value.
_OPTIONS: dict[str, tuple[str, type]] = {
    "inputs": ("inputs", list),
    "output": ("output", str),
    "format": ("format", str),
    "schema": ("schema", str),
    "terms": ("terms", list),
    "keys": ("keys", str),
    "relations": ("relations", str),
    "sentence_classes": ("sentence_classes", str),
    "encoding": ("encoding", str),
    "id_column": ("id_column", str),
    "text_columns": ("text_columns", list),
    "table": ("table", str),
    "output_table": ("output_table", str),
    "engine": ("engine", str),
    "workers": ("workers", int),
    "time_limit": ("time_limit", float),
    "no_text": ("no_text", bool),
    "strict": ("strict", bool),
    "quiet": ("quiet", bool),
}


def apply_run_file(options: Namespace, path: str) -> None:
    """Fill what the command line left open.

    The file holds the options by name with ``_`` for ``-`` (``text_columns = ["findings"]``), and settings as tables:
    ``[set.relations] model_path = "model.gguf"``.

    Raises:
        ConfigError: The file cannot be read, or holds something else; names the file and the option.
    """
    data = _read(path)
    settings = data.pop("set", {})
    for name, value in data.items():
        if name not in _OPTIONS:
            raise UnknownNameError(f"option in {path}:", name, [*_OPTIONS, "set"])
        attribute, kind = _OPTIONS[name]
        if kind is float and type(value) is int:
            value = float(value)
        texts = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if type(value) is not kind or not texts:
            wanted = "a list of strings" if kind is list else f"of the kind {kind.__name__}"
            raise ConfigError(f"{path}: {name} = {value!r}: this option is {wanted}")
        given = getattr(options, attribute)
        if given is None or given is False or given == []:  # 0 is an answer
            setattr(options, attribute, value)
    if not isinstance(settings, dict) or not all(isinstance(table, dict) for table in settings.values()):
        raise ConfigError(f'{path}: settings stand in tables, e.g. [set.status] engine = "medspacy"')
    lines = [f"{stage}.{name}={value}" for stage, table in settings.items() for name, value in table.items()]
    options.settings = [*lines, *(options.settings or ())]


def _read(path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None
