"""What stands in a place for results: how it was made, the scores of each split, and what was not run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from radnlp._version import __version__
from radnlp.errors import ConfigError, UnknownNameError
from radnlp.evaluation.bench import Result, SplitResult
from radnlp.evaluation.data import held
from radnlp.evaluation.experiment import Experiment, System
from radnlp.evaluation.gold import GoldSet
from radnlp.evaluation.headline import Headline, headlines, told
from radnlp.evaluation.metamorphic import Checked, overview_table
from radnlp.evaluation.summary import gold_digest
from radnlp.evaluation.systems import providers_of
from radnlp.evaluation.tables import Table, interval, markdown
from radnlp.evaluation.variables import local_paths_named

_DIGITS = 12


def result_block(result: Result, *, folder: str, date: str) -> str:
    """The results of an experiment: the same bytes for the same data, versions and date.

    Args:
        result: What came of it.
        folder: Of the experiment, as it is named in the command.
        date: Of the run.

    Raises:
        ConfigError: The experiment wants a score shown that there is not.
    """
    experiment = result.experiment
    scored = f"scored, {experiment.draws:,} draws"
    made = _made("radnlp bench", experiment, result.gold, result.digest, what=scored, folder=folder, date=date)
    parts = [made, *(_split(experiment, part) for part in result.splits)]
    parts += _versions({o.system.name: providers_of(o) for o in result.outcomes if o.system.spec is not None})
    reasons = {outcome.system.name: outcome.reason for outcome in result.outcomes if outcome.reason}
    return "\n\n".join([*parts, *_not_run(experiment, reasons)])


def checks_block(
    experiment: Experiment, checked: Sequence[Checked], gold: GoldSet, digest: str, *, folder: str, date: str
) -> str:
    """The metamorphic checks on the reports of an experiment: one table, and what was not run.

    Args:
        experiment: Whose reports were changed.
        checked: Of every system.
        gold: All reports of the experiment.
        digest: Of its schema with its lexicon.
        folder: Of the experiment, as it is named in the command.
        date: Of the run.
    """
    ran = [one for one in checked if one.checks is not None]
    table = overview_table(ran)
    command = "radnlp bench metamorphic"
    made = _made(command, experiment, gold, digest, what="changed", folder=folder, date=date)
    reasons = {one.system: one.reason for one in checked if one.checks is None}
    parts = [made, _plain(table.columns, table.rows), *_versions({one.system: one.providers for one in ran})]
    return "\n\n".join([*parts, *_not_run(experiment, reasons)])


def missing_block(experiment: str, reason: str, *, date: str) -> str:
    """What stands there when nothing could be run yet."""
    return f"Not run ({date}): {experiment}: {reason}."


def _made(
    command: str, experiment: Experiment, gold: GoldSet, digest: str, *, what: str, folder: str, date: str
) -> str:
    """Command, date, versions, digests, number of reports and what was done with them, seed."""
    name = f"{folder}/{experiment.path.name}" if folder else experiment.path.name
    return (
        f"`{command} {name}`, {date}; radnlp {__version__}, schema {gold.schema.id} {gold.schema.version} "
        f"(`{digest[:_DIGITS]}`), data `{gold_digest(gold.reports, gold.gold)[:_DIGITS]}`, "
        f"{len(gold.part(held(experiment)).gold):,} reports {what}, seed {experiment.seed}."
    )


def _split(experiment: Experiment, part: SplitResult) -> str:
    """One table: systems down, the chosen scores across."""
    found = _shown(experiment, part)
    systems = list(dict.fromkeys(row.system for row in part.scores.scored))
    reports = f"{part.scores.reports:,} report{'' if part.scores.reports == 1 else 's'}"
    columns = (f"{part.split.name}, {reports}", *(f"{row.metric.name} {row.score}" for row in found))
    rows = tuple((system, *(_cell(row, system) for row in found)) for system in systems)
    return _plain(columns, rows)


def _plain(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """A Markdown table without its heading."""
    return markdown(Table(title="", columns=columns, rows=rows)).split("\n\n", 1)[1].strip()


def _shown(experiment: Experiment, part: SplitResult) -> tuple[Headline, ...]:
    if not experiment.shown:
        return headlines(part.scores)
    try:
        return tuple(told(part.scores, *_name(name)) for name in experiment.shown)
    except UnknownNameError as error:
        raise ConfigError(f"{experiment.path}: shown: {error}") from None


def _name(shown: str) -> tuple[str, str]:
    metric, _, score = shown.partition(".")
    return metric, score


def _cell(row: Headline, system: str) -> str:
    value, against = row.values[system], row.against.get(system)
    sign = against.sign.replace("*", "\\*") if against else ""
    return interval(value.value, value.low, value.high) + (f" {sign}" if sign else "")


def _versions(systems: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Iterator[str]:
    """One line for the parts that come from other distributions than radnlp's core, with the digests of models."""
    rows = []
    for name, providers in systems.items():
        parts = [_provider(row) for row in providers.values() if row.get("distribution") not in (None, "radnlp-core")]
        if parts:
            rows.append(f"{name}: {', '.join(parts)}")
    if rows:
        yield f"Parts beside the core: {'; '.join(rows)}."


def _provider(provider: Mapping[str, str]) -> str:
    """``linear of radnlp-ja 0.1.0``, with the digest of its model where it tells one."""
    model = provider.get("model", "")
    named = f"{provider.get('name', '')} of {provider['distribution']} {provider.get('version', '')}".strip()
    return f"{named}, model `{model[:_DIGITS]}`" if model else named


def _not_run(experiment: Experiment, reasons: Mapping[str, str]) -> Iterator[str]:
    """What was not run and why, one item for systems that lack the same; nothing of this machine is in it."""
    if not reasons:
        return
    systems = {system.name: system for system in experiment.systems}
    rows: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        rows.setdefault(_for_everybody(reason, experiment, systems[name]), []).append(name)
    items = "\n".join(f"- {', '.join(names)}: {reason}" for reason, names in rows.items())
    yield f"Not run:\n\n{items}"


def _for_everybody(reason: str, experiment: Experiment, system: System) -> str:
    words = local_paths_named(reason, {**experiment.data.variables, **system.variables})
    for folder in (experiment.path.parent.resolve(), experiment.path.parent):
        words = words.replace(f"{folder}/", "") if folder.name else words
    return " ".join(words.split())
