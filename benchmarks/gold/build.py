"""Check the reports.toml of a folder of gold and write reports.jsonl, gold.jsonl and the tables in README.md from it.

Standard library only. `python benchmarks/gold/build.py chest_ct` writes; with `--check` it writes nothing and exits 1
when a file is not what reports.toml gives. The folder has the name of its schema, from which keys and values come.
Messages name the report and the key, never the words of a report.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "schemas"
STATUSES = ("present", "uncertain", "historical", "absent")
HEAD = {"schema_version": str, "prefix": str, "relation": str, "styles": list}
FIELDS = {"id", "style", "scenario", "text", "findings"}
FINDING_FIELDS = {"key", "status", "evidence"}
OPEN_MARK, CLOSE_MARK = "<!-- counts: written by build.py -->", "<!-- end of counts -->"
OCCURRENCE = re.compile(r"(?P<words>.+)@(?P<number>[1-9][0-9]*)", re.DOTALL)


class GoldError(ValueError):
    """Something in reports.toml that the rules do not allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What a folder's gold is written in.

    Attributes:
        schema: Id of the schema, also the name of the folder.
        schema_version: The version the labels were written for; the schema may have moved on since.
        prefix: What the ids begin with, before three digits.
        relation: The relation type that was labelled.
        styles: The manners of writing, in the order of the table.
        keys: Key ids in schema order.
        related: The keys that have the relation.
        values: The values the relation may have, in schema order.
    """

    schema: str
    schema_version: str
    prefix: str
    relation: str
    styles: tuple[str, ...]
    keys: tuple[str, ...]
    related: frozenset[str]
    values: tuple[str, ...]


def read_labels(head: dict[str, Any], schema: dict[str, Any]) -> Labels:
    """Read what reports.toml says before its first report, against the schema.

    Raises:
        GoldError: A name is missing or of another kind; the schema lacks the relation or has another major version.
    """
    if wrong := [name for name, kind in HEAD.items() if type(head.get(name)) is not kind]:
        raise GoldError(f"{', '.join(wrong)}: missing or of the wrong kind before the first report")
    if extra := set(head) - set(HEAD) - {"reports"}:
        raise GoldError(f"unknown name {sorted(extra)} before the first report; allowed are {sorted(HEAD)}")
    if head["schema_version"].split(".")[0] != schema["version"].split(".")[0]:
        raise GoldError(
            f"schema_version {head['schema_version']}, but the schema {schema['id']} is {schema['version']} now; "
            "read the labels again and raise the number"
        )
    if head["relation"] not in schema["relations"]:
        raise GoldError(f"relation {head['relation']!r} is not in the schema; it has {', '.join(schema['relations'])}")
    relation = schema["relations"][head["relation"]]
    of_type = [name for name, value in schema["values"].items() if value["type"] == relation["value_type"]]
    return Labels(
        schema=schema["id"],
        schema_version=head["schema_version"],
        prefix=head["prefix"],
        relation=head["relation"],
        styles=tuple(head["styles"]),
        keys=tuple(schema["keys"]),
        related=frozenset(relation["keys"]),
        values=tuple(name for name in of_type if name in relation.get("values", of_type)),
    )


def find_evidence(text: str, quote: str) -> dict[str, Any]:
    """Turn `words` or `words@2` into a span in code points of the text.

    Args:
        text: The report text.
        quote: The words, with `@n` for their n-th occurrence.

    Returns:
        `{"start", "end", "text"}`, half-open, `text[start:end]` being the words.

    Raises:
        GoldError: The words are not there, or are there more than once and no number says which.
    """
    match = OCCURRENCE.fullmatch(quote)
    words, number = (match["words"], int(match["number"])) if match else (quote, None)
    starts = [at for at in range(len(text)) if words and text.startswith(words, at)]
    if not starts:
        raise GoldError("does not occur in the text; copy the words from it exactly")
    if number is None and len(starts) > 1:
        raise GoldError(f"occurs {len(starts)} times; add @1 to @{len(starts)}")
    if number is not None and number > len(starts):
        raise GoldError(f"has the number @{number} but occurs {len(starts)} times")
    start = starts[(number or 1) - 1]
    return {"start": start, "end": start + len(words), "text": words}


def read_spans(text: str, quotes: list[str]) -> list[dict[str, Any]]:
    """The evidence of a finding, in text order."""
    if not quotes:
        raise GoldError("evidence is empty; give the words of at least one mention")
    spans = []
    for index, quote in enumerate(quotes, start=1):
        try:
            spans.append(find_evidence(text, quote))
        except GoldError as error:
            raise GoldError(f"evidence {index} {error}") from None
    if len({(span["start"], span["end"]) for span in spans}) != len(spans):
        raise GoldError("evidence gives one stretch twice; remove one")
    return sorted(spans, key=lambda span: (span["start"], span["end"]))


def read_values(row: dict[str, Any], labels: Labels) -> list[str]:
    """The values of a finding's relation, in schema order."""
    expected = row["key"] in labels.related and row["status"] != "absent"
    if expected != (labels.relation in row):
        what = "is missing; write [] when the report states none" if expected else "is not allowed here; remove it"
        raise GoldError(f"({row['status']}) {labels.relation} {what}")
    values = row.get(labels.relation, [])
    if unknown := [value for value in values if value not in labels.values]:
        raise GoldError(f"{labels.relation} {unknown} not in the schema; allowed are {', '.join(labels.values)}")
    if len(set(values)) != len(values):
        raise GoldError(f"{labels.relation} names a value twice; remove one")
    return [value for value in labels.values if value in values]


def read_finding(text: str, row: dict[str, Any], labels: Labels) -> dict[str, Any]:
    """Check one `[[reports.findings]]` row and return it as a finding of the output format."""
    key, status = row.get("key"), row.get("status")
    allowed = FINDING_FIELDS | {labels.relation}
    if extra := set(row) - allowed:
        raise GoldError(f"{key}: unknown field {sorted(extra)}; allowed are {sorted(allowed)}")
    if key not in labels.keys:
        raise GoldError(f"key {key!r} is not in the schema; its keys are {', '.join(labels.keys)}")
    if status not in STATUSES:
        raise GoldError(f"{key}: status {status!r} is none of {', '.join(STATUSES)}")
    try:
        values = read_values(row, labels)
        evidence = read_spans(text, row.get("evidence", []))
    except GoldError as error:
        raise GoldError(f"{key}: {error}") from None
    return {
        "key": key,
        "status": status,
        "score": None,
        "values": {labels.relation: values} if values else {},
        "evidence": evidence,
        "sources": ["gold"],
    }


def faults_of(entry: dict[str, Any], labels: Labels, seen: set[str]) -> Iterator[str]:
    """What is wrong with a report besides its findings."""
    if missing := FIELDS - set(entry) - {"id", "findings"}:
        yield f"{', '.join(sorted(missing))} missing"
    if extra := set(entry) - FIELDS:
        yield f"unknown field {sorted(extra)}; allowed are {sorted(FIELDS)}"
    if not re.fullmatch(re.escape(labels.prefix) + "[0-9]{3}", entry.get("id", "")) or entry["id"] in seen:
        yield f"the id must be {labels.prefix} and three digits, and given once"
    if entry.get("style") not in labels.styles:
        yield f"style {entry.get('style')!r} is none of {', '.join(labels.styles)}"
    keys = Counter(row.get("key") for row in entry.get("findings", []))
    for key, count in keys.items():
        if count > 1:
            yield f"{key} has {count} rows; keep one"


def read_reports(entries: list[dict[str, Any]], labels: Labels) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Read and check the reports.

    Returns:
        The rows of reports.jsonl and the rows of gold.jsonl, in the order of the file.

    Raises:
        GoldError: With every fault of the file, one a line, each naming its report.
    """
    faults: list[str] = []
    reports: dict[str, dict[str, Any]] = {}
    gold = []
    for place, entry in enumerate(entries, start=1):
        name = entry.get("id", f"report number {place}")
        faults.extend(f"{name}: {fault}" for fault in faults_of(entry, labels, set(reports)))
        findings = []
        for row in entry.get("findings", []):
            try:
                findings.append(read_finding(entry.get("text", ""), row, labels))
            except GoldError as error:
                faults.append(f"{name}: {error}")
        findings.sort(key=lambda finding: labels.keys.index(finding["key"]))
        reports[name] = {"id": name, "text": entry.get("text"), "style": entry.get("style")}
        about = {"format": 1, "report_id": name, "schema": labels.schema, "schema_version": labels.schema_version}
        gold.append({**about, "findings": findings})
    if faults:
        raise GoldError("\n".join(faults))
    return list(reports.values()), gold


def value_counts(gold: list[dict[str, Any]], labels: Labels) -> list[str]:
    """The table of how often each value was given, a row per key that has the relation."""
    counts = Counter(
        (finding["key"], value)
        for row in gold
        for finding in row["findings"]
        for value in finding["values"].get(labels.relation, ["none"])
        if finding["status"] != "absent"
    )
    columns = (*labels.values, "none")
    lines = [f"| {labels.relation} | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    rows = [key for key in labels.keys if key in labels.related]
    return lines + [f"| {key} | {' | '.join(str(counts[key, value]) for value in columns)} |" for key in rows]


def table(reports: list[dict[str, Any]], gold: list[dict[str, Any]], labels: Labels) -> str:
    """The tables of counts for README.md: keys by status, keys by value, and the styles of both halves."""
    counts = Counter((finding["key"], finding["status"]) for row in gold for finding in row["findings"])
    rows = {key: [counts[key, status] for status in STATUSES] for key in labels.keys}
    totals = [sum(counts[key, status] for key in labels.keys) for status in STATUSES]
    lines = ["| key | " + " | ".join(STATUSES) + " | all |", "|---|" + "---:|" * (len(STATUSES) + 1)]
    lines += [f"| {key} | {' | '.join(map(str, row))} | {sum(row)} |" for key, row in rows.items()]
    lines.append(f"| all | {' | '.join(map(str, totals))} | {sum(totals)} |")
    styles = Counter((report["style"], int(report["id"].removeprefix(labels.prefix)) % 2) for report in reports)
    halves = ", ".join(f"{style} {styles[style, 1]} odd and {styles[style, 0]} even" for style in labels.styles)
    return "\n".join([*lines, "", *value_counts(gold, labels), "", f"{len(reports)} reports: {halves}."])


def build(folder: Path, schema: Path) -> dict[str, str]:
    """What the made files of a folder have to hold.

    Args:
        folder: With reports.toml and README.md.
        schema: Its schema.toml.

    Returns:
        File name -> content.

    Raises:
        GoldError: reports.toml breaks a rule.
        tomllib.TOMLDecodeError: It is not TOML.
    """
    source = tomllib.loads((folder / "reports.toml").read_text("utf-8"))
    labels = read_labels(source, tomllib.loads(schema.read_text("utf-8")))
    reports, gold = read_reports(source.get("reports", []), labels)
    before, rest = (folder / "README.md").read_text("utf-8").split(OPEN_MARK)
    after = rest.split(CLOSE_MARK)[1]
    return {
        "reports.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in reports),
        "gold.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold),
        "README.md": f"{before}{OPEN_MARK}\n{table(reports, gold, labels)}\n{CLOSE_MARK}{after}",
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or check them; the exit status."""
    names = sorted(path.parent.name for path in HERE.glob("*/reports.toml"))
    parser = argparse.ArgumentParser(description="Check reports.toml and write what is made from it.")
    parser.add_argument("folder", choices=names, help="a folder beside this file, named as its schema")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is out of date")
    options = parser.parse_args(arguments)
    folder = HERE / options.folder
    try:
        wanted = build(folder, SCHEMAS / options.folder / "schema.toml")
    except (GoldError, tomllib.TOMLDecodeError) as error:
        sys.stderr.write(f"{options.folder}/reports.toml is not as it should be:\n{error}\n")
        return 1
    stale = [name for name, content in wanted.items() if not same(folder / name, content)]
    if options.check:
        for name in stale:
            sys.stderr.write(f"{options.folder}/{name} is not what reports.toml gives; run build.py without --check\n")
        return 1 if stale else 0
    for name in stale:
        (folder / name).write_bytes(wanted[name].encode("utf-8"))
    sys.stdout.write(f"{options.folder}: written {', '.join(stale) or 'nothing, all up to date'}\n")
    return 0


def same(path: Path, content: str) -> bool:
    """Whether the file is there and holds exactly this."""
    return path.is_file() and path.read_bytes() == content.encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
