"""A brat project as gold: reports and extractions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from radnlp.batch.brat.files import ANNOTATIONS, TEXT, report_ids
from radnlp.batch.brat.meaning import StandoffReader
from radnlp.batch.brat.standoff import Fault, parse_standoff
from radnlp.batch.readers.decoding import BYTE_ORDER_MARK
from radnlp.batch.readers.textfile import text_files
from radnlp.errors import ReportError
from radnlp.records import Extraction, Lexicon, Report, Schema
from radnlp.schema import Labels
from radnlp.text import SectionFinder, SentenceSplitter


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedReport:
    """A report of a project with what its annotations say.

    Attributes:
        gold: Findings, mentions and relations; sentences and sections as radnlp finds them.
        faults: What could not be taken, by file and line.
    """

    report: Report
    gold: Extraction
    faults: tuple[Fault, ...]


def read_project(folder: Path, *, schema: Schema, lexicon: Lexicon, labels: Labels) -> Iterator[AnnotatedReport]:
    """The annotated reports of a folder and its folders, sorted by path.

    A report's id is that of ``report_ids.jsonl``, else its path in the folder, by which ``radnlp extract FOLDER`` calls
    it as well. A text without .ann is not annotated, and left out; one with an empty .ann has no findings.

    Args:
        folder: Holds .txt and .ann files.
        schema: What the annotations are to be read as.
        lexicon: Tells sections and sentences.
        labels: Annotation type -> entities of the schema.

    Raises:
        ReportError: No such folder, no annotated text in it, or a file that is not UTF-8.
    """
    if not folder.is_dir():
        raise ReportError(f"{folder}: there is no such folder")
    names = [name for name in text_files(folder) if (folder / name).with_suffix(ANNOTATIONS).is_file()]
    if not names:
        raise ReportError(f"{folder}: no {TEXT} file with an {ANNOTATIONS} file beside it")
    ids = report_ids(folder)
    reader = StandoffReader(schema, labels)
    sections, sentences = SectionFinder(lexicon.headings), SentenceSplitter(lexicon.abbreviations)
    for name in names:
        text = _read(folder / name)
        if text.startswith(BYTE_ORDER_MARK):
            raise ReportError(
                f"{folder / name}: begins with a byte-order mark, which brat counts and readers of reports drop; take "
                "it away, and 1 from every offset"
            )
        annotations = Path(name).with_suffix(ANNOTATIONS)
        found = sections.find(text)
        split = sentences.split(text, found)
        standoff = parse_standoff(_read(folder / annotations), file=annotations.as_posix())
        meaning = reader.read(standoff, text, split, file=annotations.as_posix())
        report = Report(id=ids.get(name, name), text=text)
        gold = Extraction(
            report_id=report.id,
            schema=schema.id,
            schema_version=schema.version,
            findings=meaning.findings,
            mentions=meaning.mentions,
            relations=meaning.relations,
            sentences=split,
            sections=found,
        )
        yield AnnotatedReport(report=report, gold=gold, faults=meaning.faults)


def _read(path: Path) -> str:
    """As it is: no line break is translated, since offsets count them."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{path}: byte {error.start} is not UTF-8, which brat writes; save the file as UTF-8"
        ) from None
    except OSError as error:
        raise ReportError(f"{path}: cannot be read: {error.strerror or error}") from None
