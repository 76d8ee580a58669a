"""``radnlp train labels``: what a schema's own terms and statuses say of unlabelled reports."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import tee
from pathlib import Path

from radnlp.api import CommandHost, ConfigError, PipelineSpec
from radnlp_transformers.labels.rows import LabelledReport, to_line
from radnlp_transformers.labels.weak import LABELLERS

_HELP = """\
Label reports by a schema's own terms, one JSON object a line: {"id", "schema", "schema_version", "keys", "text"}. A key
that is not listed is negative; correct the lists by hand and feed them to radnlp train keys.

  keyword  a key is positive when it is named, denied or not (the labels of Shin et al. 2025)
  status   a key is positive when it is asserted: present or uncertain

example:
  radnlp train labels benchmarks/samples --schema chest_ct --policy status
"""


def add_arguments(parser: ArgumentParser) -> None:
    """INPUT, schema, policy, output."""
    parser.description = _HELP
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="reports, in any form that extract reads")
    parser.add_argument("--schema", required=True, metavar="NAME|FOLDER", help="whose keys are labelled")
    parser.add_argument("--terms", metavar="FILE", action="append", help="terms and cues on top of the schema")
    parser.add_argument("--policy", choices=list(LABELLERS), default="status", help="default: status")
    parser.add_argument("--encoding", default="utf-8", metavar="NAME", help="of the input (default: utf-8)")
    parser.add_argument("-o", "--output", metavar="FILE", help="default: standard output")


def run(options: Namespace, host: CommandHost) -> int:
    """Write the labels; 1 when a report could not be read: it is left out."""
    spec = PipelineSpec(schema=options.schema, terms=tuple(options.terms or ()))
    failed = False

    def lines() -> Iterator[str]:
        nonlocal failed
        schema = host.schema(options.schema)
        first, second = tee(host.read_reports(*options.inputs, encoding=options.encoding))
        for report, extraction in zip(first, host.extract(spec, second), strict=True):
            if any(issue.level == "error" for issue in extraction.issues):
                failed = True
                continue
            positive = LABELLERS[options.policy](extraction, schema)
            row = LabelledReport(
                id=report.id,
                text=report.text,
                keys=tuple(key.id for key in schema.keys if key.id in positive),
                schema=schema.id,
                schema_version=schema.version,
            )
            yield to_line(row)

    if options.output is None:
        sys.stdout.writelines(lines())
        return int(failed)
    rows = host.progress(lines(), label="labels")
    try:
        with Path(options.output).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(rows)
    except OSError as error:
        raise ConfigError(f"{options.output}: cannot be written: {error.strerror}") from None
    return int(failed)
