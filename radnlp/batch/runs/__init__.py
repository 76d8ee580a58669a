"""One run over many reports: written in parts, moved into place as a whole, continued after an interruption."""

from radnlp.batch.runs.job import BatchJob, RunSummary
from radnlp.batch.runs.runner import run
from radnlp.batch.runs.written import Written

__all__ = ["BatchJob", "RunSummary", "Written", "run"]
