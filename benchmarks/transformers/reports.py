"""The Indiana reports as the experiments here need them; nothing is learned from the untouched fifth."""

from __future__ import annotations

import json
import os
from pathlib import Path

from radnlp.evaluation.gold import read_gold
from radnlp.evaluation.gold.gold import GoldSet
from radnlp.hooks import default_catalogue
from radnlp.records import Schema

SCHEMA = "chest_xray"
#: The codes' family "opacity" is learned as this one of the keys that scoring merges into it.
FAMILY, LEARNED_AS = "opacity", "infiltration"


def indiana() -> Path:
    """The file of the collection."""
    return Path(os.environ["RADNLP_DATA"]) / "indiana" / "dev.csv"


def schema() -> Schema:
    """The schema that the models are made for."""
    return default_catalogue().vocabulary(SCHEMA)


def gold(split: str) -> GoldSet:
    """``dev`` (uid % 5 is not 0) or ``untouched``."""
    return read_gold("indiana", indiana(), schema=schema(), options={"split": split})


def choice(report_id: str) -> bool:
    """Whether a development report is kept from learning, to choose one system before the untouched are looked at."""
    return int(report_id) % 5 == 1


def write_reports(path: Path, *, limit: int | None = None) -> int:
    """The development reports to learn from, unlabelled, as JSON lines; how many."""
    rows = [row for row in gold("dev").reports if not choice(row.id)][:limit]
    path.write_text("".join(json.dumps({"id": row.id, "text": row.text}) + "\n" for row in rows), "utf-8")
    return len(rows)


def write_mesh_labels(path: Path, *, limit: int | None = None) -> None:
    """The same reports with the keys of their MeSH codes, as radnlp train keys reads them."""
    found, made_for = gold("dev"), schema()
    pairs = [pair for pair in zip(found.reports, found.gold, strict=True) if not choice(pair[0].id)]
    with path.open("w", encoding="utf-8") as file:
        for report, labelled in pairs[:limit]:
            keys = [LEARNED_AS if finding.key == FAMILY else finding.key for finding in labelled.findings]
            row = {"id": report.id, "schema": made_for.id, "schema_version": made_for.version, "keys": keys}
            file.write(json.dumps({**row, "text": report.text}) + "\n")


def silent_keys(path: Path) -> list[str]:
    """Keys of the schema that are positive in fewer than four of the labelled reports: too few to learn from."""
    counts = dict.fromkeys((key.id for key in schema().keys), 0)
    for line in path.read_text("utf-8").splitlines():
        for key in json.loads(line)["keys"]:
            counts[key] += 1
    return [key for key, count in counts.items() if count < 4]
