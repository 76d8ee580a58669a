"""Many reports: readers, formats, engines, and runs that can be continued."""

from radnlp.batch.databases import TableAddress, is_address
from radnlp.batch.formats import FORMAT_NAMES, Format, create_format, format_for_path
from radnlp.batch.readers import ReadOptions, read_reports
from radnlp.batch.runs import BatchJob, RunSummary, Written, run

__all__ = [
    "FORMAT_NAMES",
    "BatchJob",
    "Format",
    "ReadOptions",
    "RunSummary",
    "TableAddress",
    "Written",
    "create_format",
    "format_for_path",
    "is_address",
    "read_reports",
    "run",
]
