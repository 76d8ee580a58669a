"""``radnlp explain``: how each finding came about, and why a mention did not count."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from radnlp.batch import read_reports
from radnlp.batch.formats.shown import one_line, size_words, visible
from radnlp.cli.options import add_pipeline_options, add_reading_options, pipeline_spec, read_options
from radnlp.errors import ReportError
from radnlp.records import CommandHost, Cue, Extraction, Finding, Measurement, Mention, Relation, Report

_HELP = """\
Show for each finding the mentions it rests on, the cues and rules that decided their status, the way to each value
and size, and why a mention did not count.

example:
  radnlp explain benchmarks/samples/01_narrative.txt --schema chest_ct
"""


def add_arguments(parser: ArgumentParser) -> None:
    """FILE and the pipeline."""
    parser.description = _HELP
    parser.add_argument("input", metavar="FILE", help="reports, in any form that extract reads")
    parser.add_argument("--id", metavar="ID", help="only the report of this id")
    add_pipeline_options(parser)
    add_reading_options(parser)


def run(options: Namespace, host: CommandHost) -> int:
    """Print to standard output."""
    spec = pipeline_spec(options)
    reports = [
        report
        for report in read_reports([options.input], options=read_options(options))
        if options.id in (None, report.id)
    ]
    if not reports:
        raise ReportError(f"{options.input}: no report" + (f" has the id {options.id!r}" if options.id else " in it"))
    status = 0
    for report, extraction in zip(reports, host.extract(spec, reports), strict=True):
        print("\n".join(explanation(report, extraction)), end="\n\n")  # noqa: T201
        status = max(status, *(int(issue.level == "error") for issue in extraction.issues), 0)
    return status


def explanation(report: Report, extraction: Extraction) -> Iterator[str]:
    """The lines about one report."""
    yield f"== {visible(report.id)}  ({extraction.schema} {extraction.schema_version})"
    for issue in extraction.issues:
        yield f"{issue.level}: {issue.code}: {visible(issue.message)}"
    if not extraction.findings:
        yield "no findings"
    for finding in extraction.findings:
        yield from _finding(report, extraction, finding)
    excluded = [mention for mention in extraction.mentions if mention.excluded]
    if excluded:
        yield "did not count:"
    for mention in excluded:
        yield f"  {mention.entity} {_quoted(report, mention)}: {mention.excluded}{_section(mention)}"
        yield from (f"      {_cue(cue)}" for cue in mention.cues)


def _finding(report: Report, extraction: Extraction, finding: Finding) -> Iterator[str]:
    said = [f"{relation}: {', '.join(found)}" for relation, found in finding.values.items()]
    said += [f"measures: {', '.join(size_words(finding.measurements))}"] if finding.measurements else []
    values = "; ".join(said)
    yield (
        f"{finding.key}: {finding.status}" + (f"  ({values})" if values else "") + f"  by {', '.join(finding.sources)}"
    )
    for mention in extraction.mentions:
        if mention.entity != finding.key or mention.excluded:
            continue
        yield f"  {mention.status} {_quoted(report, mention)}{_section(mention)}"
        yield from (f"      {_cue(cue)}" for cue in mention.cues)
        yield from (f"      {_relation(r)}" for r in extraction.relations if _anchored_at(r, mention))
        yield from (f"      {_measurement(m)}" for m in finding.measurements if _measures(m, mention))
    yield from (f"      {_relation(r)}" for r in extraction.relations if r.key == finding.key and not r.key_evidence)


def _quoted(report: Report, mention: Mention) -> str:
    """The mention in its surroundings, marked."""
    text = report.text
    before = " ".join(text[max(0, mention.start - 40) : mention.start].split())
    after = " ".join(text[mention.end : mention.end + 40].split())
    words = one_line(text[mention.start : mention.end])
    return f"[{mention.start}-{mention.end}] …{visible(before)} »{words}« {visible(after)}…"


def _section(mention: Mention) -> str:
    return f"  (section {mention.section})" if mention.section else ""


def _cue(cue: Cue) -> str:
    return (
        f"cue {one_line(cue.text)!r} [{cue.start}-{cue.end}]: {cue.category}, {cue.direction}, "
        f"rule {cue.literal!r}, scope {cue.scope[0]}-{cue.scope[1]}"
    )


def _relation(relation: Relation) -> str:
    anchors = ", ".join(f"{one_line(e.text)!r} [{e.start}-{e.end}]" for e in relation.value_evidence)
    way = f": {relation.rule}" if relation.rule else ""
    return f"{relation.type} {relation.value} by {relation.source}{way}, {anchors or 'no words in the text'}"


def _anchored_at(relation: Relation, mention: Mention) -> bool:
    place = (mention.start, mention.end)
    return relation.key == mention.entity and any((e.start, e.end) == place for e in relation.key_evidence)


def _measurement(measurement: Measurement) -> str:
    (size,), words = size_words([measurement]), measurement.evidence
    return f"measures {size}: {measurement.rule}, {one_line(words.text)!r} [{words.start}-{words.end}]"


def _measures(measurement: Measurement, mention: Mention) -> bool:
    words = measurement.mention
    return words is not None and (words.start, words.end) == (mention.start, mention.end)
