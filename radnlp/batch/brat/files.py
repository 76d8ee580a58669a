"""The files of a brat project: one .txt and one .ann a report, and which report each is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from radnlp.errors import ReportError

TEXT, ANNOTATIONS, CONFIGURATION = ".txt", ".ann", "annotation.conf"
#: Tells the id of the report in each file; brat does not look at it.
IDS = "report_ids.jsonl"
#: File systems allow 255 bytes of a name.
_LONGEST = 120


class FileNames:
    """Names for the files of reports, without suffix: the id, where a file may have that name.

    >>> names = FileNames()
    >>> [names.name_of(report_id) for report_id in ("r1", "ward/r1", "R1", "r2.txt")]
    ['r1', 'ward%2Fr1', 'R1-2', 'r2']
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name_of(self, report_id: str) -> str:
        """A name that no other report has, in upper or lower case."""
        plain = quote(report_id.removesuffix(TEXT), safe=" ", errors="replace")[:_LONGEST].strip()
        plain = f"%2E{plain[1:]}" if plain.startswith(".") else plain or "report"
        name, number = plain, 1
        while name.lower() in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name.lower())
        return name


def id_line(name: str, report_id: str) -> str:
    """A line of ``report_ids.jsonl``."""
    return json.dumps({"file": f"{name}{TEXT}", "id": report_id}) + "\n"


def report_ids(folder: Path) -> Mapping[str, str]:
    """Text file -> id of its report, as the project was written with; empty for a project of others.

    Raises:
        ReportError: The file is damaged.
    """
    path = folder / IDS
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found[str(row["file"])] = str(row["id"])
        except (ValueError, KeyError, TypeError):
            raise ReportError(
                f'{path}:{number}: not a line {{"file": …, "id": …}}; remove {IDS} to go by file'
            ) from None
    return found
