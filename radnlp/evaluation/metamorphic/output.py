"""The checks as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from radnlp.errors import ConfigError
from radnlp.evaluation.experiment import Split
from radnlp.evaluation.metamorphic.checks import Checked
from radnlp.evaluation.tables import Table, csv_text, markdown


def write_checks(
    checked: Sequence[Checked], tables: Sequence[Table], folder: Path, *, hidden: Sequence[Split], with_text: bool
) -> list[Path]:
    """Write ``metamorphic.md``, ``metamorphic.csv`` and ``metamorphic.jsonl`` (a line for each check).

    Args:
        checked: Of every system.
        tables: As shown.
        folder: Made when it is not there.
        hidden: Splits whose reports nobody is to look at: their checks are in the tables only.
        with_text: True puts the changed reports into the lines.

    Raises:
        ConfigError: The folder cannot be written.
    """
    lines = []
    for one in checked:
        for check in one.checks or ():
            if any(split.holds(check.report_id) for split in hidden):
                continue
            row: dict[str, object] = {"system": one.system, "report_id": check.report_id, "change": check.change}
            row |= {"what": check.variant.what, "holds": not check.differences, "keys": list(check.differences)}
            lines.append(json.dumps(row | ({"text": check.variant.text} if with_text else {}), ensure_ascii=False))
    contents = {
        "metamorphic.md": "\n".join(markdown(table) for table in tables),
        "metamorphic.csv": csv_text(tables),
        "metamorphic.jsonl": "".join(f"{line}\n" for line in lines),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written: {error.strerror}") from None
    return [folder / name for name in contents]
