"""What a run depends on, so that parts of two different runs never end up in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import radnlp
from radnlp.batch.databases import is_address, shown_address
from radnlp.batch.readers.jsonl import STDIN
from radnlp.batch.readers.textfile import text_files
from radnlp.batch.runs.job import BatchJob

#: What a user knows it by -> its state.
Fingerprint: TypeAlias = dict[str, str]

#: Fields of the specification that other marks stand for.
_BY_CONTENT = frozenset({"schema", "terms", "settings"})


def fingerprint(job: BatchJob) -> Fingerprint:
    """Everything that decides the bytes of the result, by the name a user knows it by.

    Files by size and time of change, not by content; schema and lexicon by content; a table by its name alone, for it
    may grow: the reports of finished parts are compared when they are read again.
    """
    spec = job.spec
    marks = {
        "radnlp": radnlp.__version__,
        "schema": f"{job.schema.id} {job.schema.version}",
        "words of schema and --terms": job.digest,
        "--format": job.format.name,
        "--no-text": "no" if job.with_text else "yes",
        "--encoding": job.read.encoding,
        "--id-column": job.read.id_column or "id",
        "--text-column": ", ".join(job.read.text_columns) or "text",
        "inputs": ", ".join(map(_shown_input, job.inputs)),
    }
    for field in fields(spec):  # a stage that gets a provider later is in here without a change
        if field.name not in _BY_CONTENT:
            marks[f"--{field.name.replace('_', '-')}"] = str(getattr(spec, field.name))
    for stage, settings in spec.settings.items():
        for name, value in settings.items():
            marks[f"--set {stage}.{name}"] = _setting_mark(value)
    for path in job.inputs:
        marks[f"input {_shown_input(path)}"] = f"table {job.read.table}" if is_address(path) else _input_mark(path)
    return marks


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What changed, in words; empty when nothing did.

    >>> differences({"--keys": "rules", "radnlp": "1"}, {"--keys": "bert", "radnlp": "1"})
    ["--keys was 'rules' and is 'bert'"]
    """
    changed = []
    for name in dict.fromkeys([*before, *now]):
        old, new = before.get(name), now.get(name)
        if old == new:
            continue
        if old is not None and new is not None and name.startswith(("input ", "words ")):
            changed.append(f"{name} changed")
        else:
            changed.append(f"{name} was {_shown(old)} and is {_shown(new)}")
    return changed


def _shown(value: str | None) -> str:
    return "not given" if value is None else repr(value)


def _setting_mark(value: object) -> str:
    """A setting that names a file (a model) stands for what the file is, too."""
    if isinstance(value, str) and value and Path(value).exists():
        return f"{value} ({_stat_mark(Path(value))})"
    return str(value)


def _shown_input(path: str) -> str:
    return shown_address(path) if is_address(path) else path


def _input_mark(path: str) -> str:
    if path == STDIN:
        return "standard input"
    file = Path(path)
    if not file.is_dir():
        return _stat_mark(file)
    digest = sha256()
    for name in text_files(file):
        digest.update(f"{name}\0{_stat_mark(file / name)}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _stat_mark(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size} bytes, changed at {stat.st_mtime_ns}"
