"""Which reports may be shown one by one."""

from __future__ import annotations

from radnlp.evaluation.experiment import Experiment


def may_be_shown(experiment: Experiment, report_id: str) -> bool:
    """Whether no split that holds the report is kept for aggregates; splits may overlap."""
    return not any(split.aggregates_only and split.holds(report_id) for split in experiment.data.splits)
