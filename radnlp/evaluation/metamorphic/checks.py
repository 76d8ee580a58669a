"""Every system on the reports and on their variants."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from radnlp.errors import ConfigError
from radnlp.evaluation.data import data_of, held
from radnlp.evaluation.experiment import Experiment, System
from radnlp.evaluation.metamorphic.changes import CHANGES, Source, plain_terms
from radnlp.evaluation.metamorphic.facts import Variant, facts_of
from radnlp.evaluation.systems import Outcome, providers_of, run_system
from radnlp.hooks import Catalogue
from radnlp.records import Extraction, PipelineSpec, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One report, one change, one system.

    Attributes:
        change: Name of the change.
        differences: Keys whose findings did not change as they must; empty when the check holds.
    """

    report_id: str
    change: str
    variant: Variant
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of one system.

    Attributes:
        checks: Of every report and change; None when the system was not run, for the reason given.
        providers: Stage -> what the system was made of, as its provenance says.
    """

    system: str
    checks: tuple[Check, ...] | None = None
    reason: str = ""
    providers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def check_systems(experiment: Experiment, catalogue: Catalogue, *, say: Callable[[str], None]) -> list[Checked]:
    """Change the reports of an experiment in every way and ask each of its systems about both.

    Reports of a split that shows aggregates only are checked too, but :func:`failure_table` does not name them.

    Args:
        experiment: Its gold is not looked at. Systems that are files of predictions cannot be asked.
        catalogue: Where the schema is found.
        say: Told what is going on.

    Raises:
        RadnlpError: The reports cannot be read, or give no variant.
    """
    gold, lexicon = data_of(experiment, catalogue)
    reports = gold.part(held(experiment)).reports
    read = _run(System(name="rules", spec=PipelineSpec(schema=experiment.data.schema)), reports)
    if read.predictions is None:
        raise ConfigError(f"{experiment.path}: the reports cannot be read by rules: {read.reason}")
    rows = _variants(reports, read.predictions, plain_terms(lexicon.terms), seed=experiment.seed)
    if not rows:
        raise ConfigError(f"{experiment.path}: none of the {len(reports)} reports can be changed in any of the ways")
    say(f"{len(reports)} reports, {len(rows)} changed ones")
    asked = [*reports, *(replace(reports[at], text=v.text, sentences=None, targets=None) for at, _, v in rows)]
    checked = []
    for system in experiment.systems:
        say(f"running {system.name}")
        outcome = _run(system, asked)
        if outcome.predictions is None:
            checked.append(Checked(system=system.name, reason=outcome.reason))
            continue
        facts = [facts_of(extraction) for extraction in outcome.predictions]
        checks = tuple(
            Check(
                report_id=reports[at].id,
                change=change,
                variant=variant,
                differences=variant.differences(facts[at], after),
            )
            for (at, change, variant), after in zip(rows, facts[len(reports) :], strict=True)
        )
        checked.append(Checked(system=system.name, checks=checks, providers=providers_of(outcome)))
    return checked


def _run(system: System, reports: Sequence[Report]) -> Outcome:
    if system.spec is None:
        return Outcome(system=system, reason="a file of predictions cannot be asked about changed reports")
    return run_system(system, reports)


def _variants(
    reports: Sequence[Report], readings: Iterable[Extraction], synonyms: Mapping[str, tuple[str, ...]], *, seed: int
) -> list[tuple[int, str, Variant]]:
    """(number of the report, change, variant); a report's draws hang on seed, its id and the change alone."""
    rows = []
    for at, (report, reading) in enumerate(zip(reports, readings, strict=True)):
        source = Source(text=report.text, reading=reading, synonyms=synonyms)
        for name, change in CHANGES.items():
            variant = change(source, random.Random(f"{seed} {report.id} {name}"))
            if variant is not None and variant.text != report.text:
                rows.append((at, name, variant))
    return rows
