"""``html``: one page a person reads, with every report, its findings and where they were seen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from radnlp.batch.formats.html import page
from radnlp.batch.formats.html.article import article
from radnlp.batch.formats.shown import one_line
from radnlp.records.extraction import Extraction, Provenance
from radnlp.records.report import Report
from radnlp.records.schema import Schema


class HtmlFormat:
    """A self-contained HTML page.

    Args:
        schema: Gives the page its title and every id its label.
    """

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._labels = {key.id: key.label for key in schema.keys} | {value.id: value.label for value in schema.values}

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        """A report as one JSON line: its ``<article>``, and what the counts need of it."""
        return json.dumps(
            {
                "html": article(report, extraction, self._labels, with_text=with_text),
                "findings": [[finding.key, finding.status] for finding in extraction.findings],
                "issues": sorted({issue.level for issue in extraction.issues}),
                "made_by": _made_by(extraction.provenance),
            }
        )

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        """Write the page; holds one report at a time."""
        counts: Counter[tuple[str, str]] = Counter()
        issues: Counter[str] = Counter()
        reports = 0
        for line in lines:
            part = json.loads(line)
            if reports == 0:
                out.write(page.head(self.schema, part["made_by"]).encode("utf-8"))
            out.write(part["html"].encode("utf-8"))
            counts.update((key, status) for key, status in part["findings"])
            issues.update(part["issues"])
            reports += 1
        if reports == 0:
            out.write(page.head(self.schema, "").encode("utf-8"))
        out.write(page.tail(self.schema, counts, reports=reports, issues=issues).encode("utf-8"))


def _made_by(provenance: Provenance | None) -> str:
    if provenance is None:
        return ""
    stages = (f"{stage} {provider.get('name', '')}" for stage, provider in provenance.providers.items())
    return one_line(" · ".join((f"radnlp {provenance.radnlp}", *stages)), limit=300)
