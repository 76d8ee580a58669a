"""The gold of an experiment, and which of it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from radnlp.errors import ConfigError
from radnlp.evaluation.experiment import Experiment
from radnlp.evaluation.gold import GoldSet, read_gold
from radnlp.hooks import Catalogue
from radnlp.records import Lexicon


def data_of(experiment: Experiment, catalogue: Catalogue) -> tuple[GoldSet, Lexicon]:
    """All gold of an experiment, and the lexicon of its schema.

    Raises:
        ConfigError: A variable in the path is not set.
        RadnlpError: The schema or the gold is not as it must be.
    """
    data = experiment.data
    if data.lacks:
        raise ConfigError(f"{experiment.path}: {data.lacks}")
    schema, lexicon = catalogue.schema(data.schema)
    return read_gold(data.reader, data.path, schema=schema, options=data.options), lexicon


def held(experiment: Experiment) -> Callable[[str], bool]:
    """Whether any split holds a report of an id; systems need not read the others."""
    return lambda report_id: any(split.holds(report_id) for split in experiment.data.splits)
