"""Projects of the annotation tool brat: a folder of .txt and .ann, written from extractions and read as gold.

https://brat.nlplab.org/standoff.html
"""

from radnlp.batch.brat.exporting import ExportedReport, annotate, write_project
from radnlp.batch.brat.importing import AnnotatedReport, read_project
from radnlp.batch.brat.standoff import Fault

__all__ = ["AnnotatedReport", "ExportedReport", "Fault", "annotate", "read_project", "write_project"]
