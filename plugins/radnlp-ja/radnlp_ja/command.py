"""``radnlp units``: each positive finding with its continuations, as JSON lines."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import tee
from pathlib import Path

from radnlp.api import CommandHost, ConfigError, PipelineSpec
from radnlp_ja.units import to_json, units

_HELP = """\
Cut reports into text units: each positive finding with the sentences that go on about it, a JSON object a line.

A unit: report_id, start and end (code points of the report), text, sentences (their indexes), findings (keys of the
schema that these sentences mention as present or uncertain), scores (of the sentences' classes).

example:
  radnlp units benchmarks/ja_ct/samples
"""


def add_arguments(parser: ArgumentParser) -> None:
    """INPUT, schema, classifier, output."""
    parser.description = _HELP
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="reports, in any form that extract reads")
    parser.add_argument(
        "--schema", default="ja_ct", metavar="NAME", help="a schema with sentence classes (default: ja_ct)"
    )
    parser.add_argument("--sentence-classes", metavar="PROVIDER", help="sentence classifier (default: the schema's)")
    parser.add_argument("--encoding", default="utf-8", metavar="NAME", help="of the input (default: utf-8)")
    parser.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    parser.add_argument("--no-text", action="store_true", help="write offsets without the words of the report")


def run(options: Namespace, host: CommandHost) -> int:
    """Write the units; 1 when a report has an error, as ``radnlp extract``."""
    spec = PipelineSpec(schema=options.schema, sentence_classes=options.sentence_classes)
    failed = False

    def lines() -> Iterator[str]:
        nonlocal failed
        reports = host.read_reports(*options.inputs, encoding=options.encoding)
        first, second = tee(reports)
        for report, extraction in zip(first, host.extract(spec, second), strict=True):
            failed = failed or any(issue.level == "error" for issue in extraction.issues)
            for unit in units(extraction):
                yield to_json(unit, None if options.no_text else report.text) + "\n"

    if options.output is None:
        sys.stdout.writelines(lines())
        return int(failed)
    rows = host.progress(lines(), label="units")
    try:
        with Path(options.output).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(rows)
    except OSError as error:
        raise ConfigError(f"{options.output}: cannot be written: {error.strerror}") from None
    return int(failed)
