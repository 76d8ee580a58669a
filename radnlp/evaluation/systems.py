"""Running the compared systems: each pipeline in a process of its own, so that its time and its memory are its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from radnlp.errors import ConfigError, RadnlpError, ReportError
from radnlp.evaluation.experiment import System
from radnlp.evaluation.worker import Cost, extract_apart
from radnlp.records import Extraction, Report
from radnlp.records.wire import from_json

__all__ = ["Cost", "Outcome", "providers_of", "run_system"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a system.

    Attributes:
        predictions: One for each report, in order; None when the system was not run.
        reason: Why it was not run.
        cost: None for predictions that were read.
    """

    system: System
    predictions: tuple[Extraction, ...] | None = None
    reason: str = ""
    cost: Cost | None = None


def run_system(system: System, reports: Sequence[Report]) -> Outcome:
    """Run one system; what it lacks is a reason in the outcome, with how to get it, and stops nobody else."""
    if system.lacks:
        return Outcome(system=system, reason=_sentence(system.lacks, system.needs))
    try:
        if system.predictions is not None:
            return Outcome(system=system, predictions=_read(system.predictions))
        assert system.spec is not None
        predictions, cost = extract_apart(system.spec, reports)
        return Outcome(system=system, predictions=predictions, cost=cost)
    except ReportError:
        raise  # a file of predictions that is not in the format is a mistake in the data, not a missing part
    except RadnlpError as error:
        return Outcome(system=system, reason=_sentence(str(error), system.needs))


def providers_of(outcome: Outcome) -> Mapping[str, Mapping[str, str]]:
    """Stage -> what a system was made of, as the provenance of its first report says; empty where it says nothing."""
    made = outcome.predictions[0].provenance if outcome.predictions else None
    return {} if made is None else made.providers


def _sentence(reason: str, needs: str) -> str:
    return f"{reason.rstrip('.')}. Needs {needs}" if needs else reason


def _read(path: Path) -> tuple[Extraction, ...]:
    """Predictions in the output format.

    Raises:
        ConfigError: There is no such file.
        ReportError: A line is not in the format; names file and line.
    """
    if not path.is_file():
        raise ConfigError(
            f"there are no predictions at {path.name}; make them first (see the README of the benchmarks)"
        )
    predictions = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                predictions.append(from_json(line))
            except (ValueError, KeyError, TypeError) as error:
                raise ReportError(f"{path}:{number}: not an extraction in format 1 ({type(error).__name__})") from None
    return tuple(predictions)
