"""Many reports: readers, formats, engines, and runs that can be continued."""

from radnlp.batch.formats import FORMAT_NAMES, Format, create_format, format_for_path
from radnlp.batch.job import BatchJob, RunSummary
from radnlp.batch.output import run
from radnlp.batch.readers import ReadOptions, read_reports

__all__ = [
    "FORMAT_NAMES",
    "BatchJob",
    "Format",
    "ReadOptions",
    "RunSummary",
    "create_format",
    "format_for_path",
    "read_reports",
    "run",
]
