"""Reports as Arrow batches in, extractions as Arrow batches out: the one function that every engine runs.

Importing this room loads pyarrow, which ``import radnlp`` and ``radnlp.load`` do without.
"""

from radnlp.batch.arrow.columns import EXTRACTIONS, RECORDS, REPORTS, report_batch, reports_in
from radnlp.batch.arrow.extractor import ArrowExtractor

__all__ = ["EXTRACTIONS", "RECORDS", "REPORTS", "ArrowExtractor", "report_batch", "reports_in"]
