"""Assembly: spaCy factories and the loader. The only room where pipes and plugins meet."""

from radnlp.pipeline.assembly import Assembly
from radnlp.pipeline.docbin import doc_bin
from radnlp.pipeline.loader import add_pipes, build, extract, lines, load, stream
from radnlp.pipeline.settings import STAGES, complete_settings, parse_settings

__all__ = [
    "STAGES",
    "Assembly",
    "add_pipes",
    "build",
    "complete_settings",
    "doc_bin",
    "extract",
    "lines",
    "load",
    "parse_settings",
    "stream",
]
