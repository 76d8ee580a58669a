"""Reports whose sentences are labelled, as JSON lines.

    {"id": "r1", "sentences": ["結節を認めます。"], "labels": ["positive"]}

The form of Kikuchi et al. is read too: ``finding_lines``, and ``sentence_class`` with the number of each one's class.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radnlp.api import ConfigError, ReportError


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSentences:
    """The sentences of a report and the number of each one's class."""

    id: str
    sentences: tuple[str, ...]
    labels: tuple[int, ...]


def read_sentences(paths: Iterable[Path], *, classes: Sequence[str]) -> list[LabelledSentences]:
    """The labelled reports of files; reports without sentences are left out.

    Raises:
        ConfigError: Not one labelled sentence.
        ReportError: A line that is none, or a class that the schema does not have; names file and line.
    """
    named = list(paths)
    rows = [row for path in named for row in _rows(path, classes) if row.sentences]
    if not rows:
        raise ConfigError(f"{', '.join(str(path) for path in named)}: not one labelled sentence")
    return rows


def _rows(path: Path, classes: Sequence[str]) -> Iterator[LabelledSentences]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({type(error).__name__})") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            name, sentences, labels = _content(place, json.loads(line), classes)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReportError(f"{place}: no report with labelled sentences ({type(error).__name__})") from None
        if len(sentences) != len(labels):
            raise ReportError(f"{place}: {len(sentences)} sentences and {len(labels)} labels; each needs one")
        if wrong := [label for label in labels if label not in classes]:
            raise ReportError(f"{place}: the class {wrong[0]!r}; the schema has {', '.join(classes)}")
        numbers = tuple(classes.index(label) for label in labels)
        yield LabelledSentences(id=name, sentences=tuple(sentences), labels=numbers)


def _content(place: str, row: Any, classes: Sequence[str]) -> tuple[str, list[str], list[str]]:
    name = str(row.get("id", place))
    if "finding_lines" in row:
        given = row["sentence_class"]
        numbers = json.loads(given) if isinstance(given, str) else given
        sentences = [str(sentence) for sentence in row["finding_lines"]]
        found = [int(numbers[sentence]) for sentence in sentences]
        return name, sentences, [classes[n] if 0 <= n < len(classes) else str(n) for n in found]
    return name, [str(sentence) for sentence in row["sentences"]], [str(label) for label in row["labels"]]
