"""Check reports.toml and write reports.jsonl, gold.jsonl and the table of counts in README.md.

Standard library only. `python build.py` writes; `python build.py --check` writes nothing and exits 1 when a file is not
what reports.toml gives. Messages name the report and the key, never the words of a report.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parents[2] / "schemas" / "chest_ct" / "schema.toml"
RELATION = "located_in"
STATUSES = ("present", "uncertain", "historical", "absent")
STYLES = ("narrative", "numbered", "korean", "structured")
FIELDS = {"id", "style", "scenario", "text", "findings"}
FINDING_FIELDS = {"key", "status", "located_in", "evidence"}
OPEN_MARK, CLOSE_MARK = "<!-- counts: written by build.py -->", "<!-- end of counts -->"
OCCURRENCE = re.compile(r"(?P<words>.+)@(?P<number>[1-9][0-9]*)", re.DOTALL)


class GoldError(ValueError):
    """Something in reports.toml that the rules do not allow."""


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


def read_finding(text: str, row: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Check one `[[reports.findings]]` row and return it as a finding of the output format."""
    key, status = row.get("key"), row.get("status")
    located = schema["relations"][RELATION]["keys"]
    if extra := set(row) - FINDING_FIELDS:
        raise GoldError(f"{key}: unknown field {sorted(extra)}; allowed are {sorted(FINDING_FIELDS)}")
    if key not in schema["keys"]:
        raise GoldError(f"key {key!r} is not in the schema; its keys are {', '.join(schema['keys'])}")
    if status not in STATUSES:
        raise GoldError(f"{key}: status {status!r} is none of {', '.join(STATUSES)}")
    needs_places = key in located and status != "absent"
    if needs_places != (RELATION in row):
        what = "is missing; write [] when no place is stated" if needs_places else "is not allowed here; remove it"
        raise GoldError(f"{key} ({status}): {RELATION} {what}")
    places = row.get(RELATION, [])
    if unknown := [place for place in places if place not in schema["values"]]:
        raise GoldError(f"{key}: {RELATION} {unknown} not in the schema; allowed are {', '.join(schema['values'])}")
    if len(set(places)) != len(places):
        raise GoldError(f"{key}: {RELATION} names a place twice; remove one")
    if not row.get("evidence"):
        raise GoldError(f"{key}: evidence is empty; give the words of at least one mention")
    spans = []
    for index, quote in enumerate(row["evidence"], start=1):
        try:
            spans.append(find_evidence(text, quote))
        except GoldError as error:
            raise GoldError(f"{key}: evidence {index} {error}") from None
    if len({(span["start"], span["end"]) for span in spans}) != len(spans):
        raise GoldError(f"{key}: evidence gives one stretch twice; remove one")
    return {
        "key": key,
        "status": status,
        "score": None,
        "values": {RELATION: [value for value in schema["values"] if value in places]} if places else {},
        "evidence": sorted(spans, key=lambda span: (span["start"], span["end"])),
        "sources": ["gold"],
    }


def read_reports(path: Path, schema: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Read and check reports.toml.

    Returns:
        The rows of reports.jsonl and the rows of gold.jsonl, in the order of the file.

    Raises:
        GoldError: With every fault of the file, one a line, each naming its report.
    """
    faults: list[str] = []
    reports: list[dict[str, Any]] = []
    gold: list[dict[str, Any]] = []
    for place, entry in enumerate(tomllib.loads(path.read_text("utf-8")).get("reports", []), start=1):
        name = entry.get("id", f"report number {place}")
        if missing := FIELDS - set(entry) - {"findings"}:
            faults.append(f"{name}: {', '.join(sorted(missing))} missing")
            continue
        if extra := set(entry) - FIELDS:
            faults.append(f"{name}: unknown field {sorted(extra)}; allowed are {sorted(FIELDS)}")
        if not re.fullmatch(r"ct[0-9]{3}", name) or name in {report["id"] for report in reports}:
            faults.append(f"{name}: the id must be ct and three digits, and given once")
        if entry["style"] not in STYLES:
            faults.append(f"{name}: style {entry['style']!r} is none of {', '.join(STYLES)}")
        findings = []
        for row in entry.get("findings", []):
            try:
                findings.append(read_finding(entry["text"], row, schema))
            except GoldError as error:
                faults.append(f"{name}: {error}")
        keys = [finding["key"] for finding in findings]
        faults.extend(f"{name}: {key} has two rows; keep one" for key, count in Counter(keys).items() if count > 1)
        findings.sort(key=lambda finding: list(schema["keys"]).index(finding["key"]))
        reports.append({"id": name, "text": entry["text"], "style": entry["style"]})
        gold.append(
            {
                "format": 1,
                "report_id": name,
                "schema": schema["id"],
                "schema_version": schema["version"],
                "findings": findings,
            }
        )
    if faults:
        raise GoldError("\n".join(faults))
    return reports, gold


def table(reports: list[dict[str, Any]], gold: list[dict[str, Any]], keys: list[str]) -> str:
    """The table of counts for README.md: a row per key, a column per status."""
    counts = Counter((finding["key"], finding["status"]) for row in gold for finding in row["findings"])
    rows = {key: [counts[key, status] for status in STATUSES] for key in keys}
    totals = [sum(counts[key, status] for key in keys) for status in STATUSES]
    lines = ["| key | " + " | ".join(STATUSES) + " | all |", "|---|" + "---:|" * (len(STATUSES) + 1)]
    lines += [f"| {key} | {' | '.join(map(str, row))} | {sum(row)} |" for key, row in rows.items()]
    lines.append(f"| all | {' | '.join(map(str, totals))} | {sum(totals)} |")
    styles = Counter((report["style"], int(report["id"][2:]) % 2) for report in reports)
    halves = ", ".join(f"{style} {styles[style, 1]} odd and {styles[style, 0]} even" for style in STYLES)
    return "\n".join([*lines, "", f"{len(reports)} reports: {halves}."])


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or check them; the exit status."""
    parser = argparse.ArgumentParser(description="Check reports.toml and write what is made from it.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is out of date")
    options = parser.parse_args(arguments)
    schema = tomllib.loads(SCHEMA.read_text("utf-8"))
    try:
        reports, gold = read_reports(HERE / "reports.toml", schema)
    except (GoldError, tomllib.TOMLDecodeError) as error:
        sys.stderr.write(f"reports.toml is not as it should be:\n{error}\n")
        return 1
    readme = (HERE / "README.md").read_text("utf-8")
    before, rest = readme.split(OPEN_MARK)
    after = rest.split(CLOSE_MARK)[1]
    counts = table(reports, gold, list(schema["keys"]))
    wanted = {
        "reports.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in reports),
        "gold.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold),
        "README.md": f"{before}{OPEN_MARK}\n{counts}\n{CLOSE_MARK}{after}",
    }
    stale = [name for name, content in wanted.items() if not same(HERE / name, content)]
    if options.check:
        for name in stale:
            sys.stderr.write(f"{name} is not what reports.toml gives; run build.py without --check\n")
        return 1 if stale else 0
    for name in stale:
        (HERE / name).write_bytes(wanted[name].encode("utf-8"))
    sys.stdout.write(f"{len(reports)} reports, {sum(len(row['findings']) for row in gold)} findings; ")
    sys.stdout.write(f"written: {', '.join(stale) or 'nothing, all up to date'}\n")
    return 0


def same(path: Path, content: str) -> bool:
    """Whether the file is there and holds exactly this."""
    return path.is_file() and path.read_bytes() == content.encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
