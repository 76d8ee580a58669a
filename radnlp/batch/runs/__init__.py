"""One run over many reports: written in parts, moved into place as a whole, continued after an interruption."""

from radnlp.batch.runs.job import BatchJob, RunSummary
from radnlp.batch.runs.runner import run

__all__ = ["BatchJob", "RunSummary", "run"]
