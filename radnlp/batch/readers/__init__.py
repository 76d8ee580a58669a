"""Reports out of files: JSON lines, CSV, Parquet, Excel, text files and standard input."""

from radnlp.batch.readers.inputs import read_reports
from radnlp.batch.readers.options import ReadOptions

__all__ = ["ReadOptions", "read_reports"]
