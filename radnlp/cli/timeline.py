"""``radnlp timeline``: how patients change from report to report."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from radnlp.batch.formats.shown import one_line
from radnlp.cli.progress import progress_bar
from radnlp.errors import ConfigError, UnknownNameError
from radnlp.hooks import default_catalogue
from radnlp.records import STATUS_ORDER, CommandHost
from radnlp.timeline import (
    FORMS,
    Entry,
    Timeline,
    TimelineIssue,
    TimelineSettings,
    build_timeline,
    plan,
    read_findings,
    settings_for,
    write_timeline,
)
from radnlp.timeline.settings import EPISODES
from radnlp.timeline.table import timeline_table
from radnlp.timeline.words import number_of

_HELP = """\
Put the reports of each patient in order of time and follow how an episode (or another relation) changes.

INPUT is what `radnlp extract ... -o findings.jsonl` wrote, with patient_id and study_date (ISO 8601, at least the day).
-o FOLDER gets timeline.json, timeline.csv (a row a report), sankey.html (plotly) and sankey.svg; -o FILE gets the one
of its suffix. Without -o a table on a terminal, else JSON.

The figure follows Fig. 4 of Shin et al., Sci Rep 2025;15:31550: reports with one diagnosis and one episode, then
patients with one diagnosis and at least three such reports; a new step where the label changes, at most four changes.
Reports and patients that a filter drops stay in timeline.json and timeline.csv, with the name of the filter.

examples:
  radnlp timeline benchmarks/timeline/findings.jsonl
  radnlp extract reports.csv --schema brain_mri -o findings.jsonl && radnlp timeline findings.jsonl -o timeline

exit status: 0 every line has its place, 1 some have not (each named on standard error and in "issues"), 2 wrong use or
unreadable input
"""
_MOST_IDS = 20
_MOST_PLACES = 5


def add_arguments(parser: ArgumentParser) -> None:
    """INPUT, what is followed, the filters, the output."""
    parser.description = _HELP
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="findings as JSON lines, or - for standard input")
    group = parser.add_argument_group("what is followed")
    group.add_argument("--schema", metavar="NAME|FOLDER", help="schema of the findings (default: theirs)")
    group.add_argument("--relation", metavar="ID", help=f"relation whose values are followed (default: {EPISODES})")
    group.add_argument(
        "--key", metavar="KEY", action="append", default=[], help="only this key counts; repeatable (default: all)"
    )
    group.add_argument(
        "--status",
        metavar="STATUS",
        action="append",
        default=[],
        choices=STATUS_ORDER,
        help="a key counts with this status; repeatable (default: all but absent)",
    )
    filters = parser.add_argument_group("filters")
    filters.add_argument("--min-reports", metavar="N", type=int, default=3, help="reports a patient needs (3)")
    filters.add_argument("--max-changes", metavar="N", type=int, default=4, help="changes that are followed (4)")
    filters.add_argument("--several-keys", action="store_true", help="keep reports with several diagnoses")
    filters.add_argument(
        "--several-values", action="store_true", help="keep reports with several episodes, as a label of its own"
    )
    filters.add_argument("--mixed-patients", action="store_true", help="keep patients whose diagnosis changes")
    output = parser.add_argument_group("output")
    output.add_argument("-o", "--output", metavar="FOLDER|FILE", help="a folder, or a .json, .csv, .html or .svg file")
    output.add_argument(
        "--format", choices=["table", *FORMS], help="on standard output (table on a terminal, else json)"
    )
    output.add_argument("--title", metavar="WORDS", help="heading of the figure")
    output.add_argument(
        "--verbose", action="store_true", help="list every patient that a filter drops, not the first 20"
    )
    output.add_argument("--quiet", action="store_true", help="say errors only")


def run(options: Namespace, host: CommandHost) -> int:
    """Write the timeline; issues, what the filters drop and a summary go to standard error."""
    started = time.perf_counter()
    if options.output and options.format:
        raise ConfigError("--format is for standard output; with -o the suffix of FILE decides")
    inputs = tuple(options.inputs)
    files = plan(options.output, sources=inputs) if options.output else {}
    lines = list(_read(inputs, quiet=options.quiet or "-" in inputs))
    timeline = build_timeline(lines, _settings(options, lines))
    if files:
        write_timeline(timeline, files, title=options.title)
    else:
        form = options.format or ("table" if sys.stdout.isatty() else "json")
        said = timeline_table(timeline) if form == "table" else FORMS[form](timeline, title=options.title)
        sys.stdout.write(said.encode("utf-8", "backslashreplace").decode("utf-8"))
    for issue in timeline.issues:
        if issue.level == "error" or not options.quiet:
            _say(_issue(issue))
    if not options.quiet:
        for words in _dropped(timeline, most=sys.maxsize if options.verbose else _MOST_IDS):
            _say(words)
    if not options.quiet:
        target = f" -> {options.output}" if options.output else ""
        _say(f"{_summary(timeline)} in {time.perf_counter() - started:.1f} s{target}")
    return 1 if timeline.failed else 0


def _read(inputs: Sequence[str], *, quiet: bool) -> Iterator[Entry | TimelineIssue]:
    with progress_bar("lines", quiet=quiet) as tick:
        for line in read_findings(inputs):
            yield line
            tick()


def _settings(options: Namespace, lines: Sequence[Entry | TimelineIssue]) -> TimelineSettings:
    """The settings for the schema that is named, else for the one that the findings have."""
    given = sorted({line.schema for line in lines if isinstance(line, Entry)})
    names = [options.schema] if options.schema else _followed(given, options.relation or EPISODES)
    if len(names) > 1:
        raise ConfigError(f"the findings are of several schemas ({', '.join(names)}); name one with --schema")
    if not names:  # not a single extraction
        return TimelineSettings(min_reports=options.min_reports, max_changes=options.max_changes)
    try:
        schema = default_catalogue().vocabulary(names[0])
    except UnknownNameError:
        if options.schema:
            raise
        raise ConfigError(
            f"the findings are of the schema {one_line(names[0])!r}, which no plugin offers; name its folder: "
            "--schema ./FOLDER"
        ) from None
    return settings_for(
        schema,
        relation=options.relation,
        keys=options.key,
        statuses=options.status,
        min_reports=options.min_reports,
        max_changes=options.max_changes,
        several_keys=options.several_keys,
        several_values=options.several_values,
        mixed_patients=options.mixed_patients,
    )


def _followed(given: Sequence[str], relation: str) -> list[str]:
    """Of several schemas those that have the relation; a single one stands whatever it has."""
    if len(given) < 2:
        return list(given)
    catalogue = default_catalogue()
    known = [name for name in given if name in catalogue.schemas]
    fitting = [name for name in known if relation in {row.id for row in catalogue.vocabulary(name).relations}]
    return fitting or list(given)


def _issue(issue: TimelineIssue) -> str:
    """``FILE:LINE: LEVEL CODE: report ID of patient ID: words``."""
    ids = ", ".join(one_line(name) for name in issue.report_ids[:_MOST_PLACES])
    about = f"report{'' if len(issue.report_ids) == 1 else 's'} {ids}{_more(issue.report_ids)}" if ids else ""
    about += f" of patient {one_line(issue.patient_id)}" if issue.patient_id and about else ""
    where = ", ".join(one_line(place, limit=200) for place in issue.places[:_MOST_PLACES]) + _more(issue.places)
    return f"{where}: {issue.level} {issue.code}: {about}{': ' if about else ''}{issue.message}"


def _more(names: Sequence[str]) -> str:
    return f" and {len(names) - _MOST_PLACES} more" if len(names) > _MOST_PLACES else ""


def _dropped(timeline: Timeline, *, most: int) -> Iterator[str]:
    for rule in timeline.filters:
        if not rule.reports:
            continue
        words = f"dropped by {rule.name} ({rule.summary}): {number_of(rule.reports, 'report')}"
        words += f", {number_of(len(rule.patients), 'patient')}"
        if rule.patients:
            words += ": " + ", ".join(one_line(name) for name in rule.patients[:most])
        left = len(rule.patients) - most
        yield words + (f" and {left:,} more (--verbose lists all)" if left > 0 else "")


def _summary(timeline: Timeline) -> str:
    errors = sum(issue.level == "error" for issue in timeline.issues)
    parts = (
        f"{number_of(timeline.lines, 'line')}, {number_of(len(timeline.patients), 'patient')}",
        f"{number_of(timeline.used_reports, 'report')} of {number_of(len(timeline.used), 'patient')} in the figure",
        f"{number_of(errors, 'error')}, {number_of(len(timeline.issues) - errors, 'warning')}",
    )
    return "; ".join(parts)


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201
