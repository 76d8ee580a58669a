"""A report on its way through the stages: each adds its own field and edits no earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from traceback import extract_tb
from typing import Any

import srsly
from spacy.tokens import Doc

from radnlp.errors import AnswerError, PipelineError, RadnlpError
from radnlp.records import (
    Cue,
    Extraction,
    Issue,
    IssueLevel,
    KeyPrediction,
    MappingResult,
    Mention,
    Report,
    ReportView,
    Section,
    Sentence,
    Step,
    TermMatch,
)

#: Where a Doc carries its draft between the stages, and the finished extraction (as JSON) after the last one.
DRAFT, EXTRACTION = "radnlp_draft", "radnlp"
#: Where our tokenizer leaves the text until then: to put it together again from its tokens takes as long as a stage.
TEXT = "radnlp_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class BorrowedSpan:
    """A span of somebody else's component that names an entity.

    Attributes:
        said: What that component says of it, as cues; None when it says nothing, so that our own cues decide.
    """

    start: int
    end: int
    entity: str
    said: tuple[Cue, ...] | None = None


@dataclass(slots=True)
class Draft:
    """What the stages so far know of one report. A field is None until its stage has run.

    ``borrowed`` are spans of other components that are to be mentions; it stays None where they are not asked for.
    ``said`` is what these components say of a mention, by start, end and entity.
    ``labelled`` are the sentences again, with their classes; it stays None for schemas that have none.
    """

    report: Report
    borrowed: tuple[BorrowedSpan, ...] | None = None
    said: dict[tuple[int, int, str], tuple[Cue, ...]] = field(default_factory=dict)
    sections: tuple[Section, ...] | None = None
    sentences: tuple[Sentence, ...] | None = None
    matches: tuple[TermMatch, ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    labelled: tuple[Sentence, ...] | None = None
    keys: tuple[KeyPrediction, ...] | None = None
    mapping: MappingResult | None = None
    steps: tuple[Step, ...] = ()
    extraction: Extraction | None = None
    issues: list[Issue] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    providers: dict[str, dict[str, str]] = field(default_factory=dict)

    def view(self) -> ReportView:
        """What a provider may see: a copy of the report, because its ``meta`` can be written to."""
        return ReportView(
            report=replace(self.report, meta=_copied(self.report.meta)),
            sections=self.sections or (),
            sentences=self.labelled or self.sentences or (),
            mentions=self.mentions or (),
        )

    def note(self, level: IssueLevel, stage: str, code: str, message: str) -> None:
        """Add an issue to the report."""
        self.issues.append(Issue(level=level, stage=stage, code=code, message=message))

    def note_failure(self, stage: str, error: BaseException, *, provider: str | None = None) -> None:
        """An error of a stage, or of the provider it asks, on this report.

        Of a foreign exception only its type and place: its words may hold report text.
        """
        who = f"the stage {stage!r}" if provider is None else f"the provider {provider!r} of the stage {stage!r}"
        message = f"{who} failed on this report with {type(error).__name__}"
        frames = extract_tb(error.__traceback__)
        if isinstance(error, RadnlpError):
            message += f": {error}"
        elif frames:
            message += f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
        code = error.code if isinstance(error, AnswerError) else None
        self.note("error", stage, code or f"{stage}_failed", message)

    def count(self, stage: str, spent: Mapping[str, int]) -> None:
        """Add what a provider spent on the report."""
        for name, number in spent.items():
            self.counts[f"{stage}.{name}"] = self.counts.get(f"{stage}.{name}", 0) + number

    def __reduce__(self) -> Any:
        raise PipelineError(_UNFINISHED)


#: Values that nobody can change; most of what a table's columns hold.
_PLAIN = frozenset((str, int, float, bool, type(None)))


def _copied(meta: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return {name: value if type(value) in _PLAIN else deepcopy(value) for name, value in meta.items()}
    except Exception:  # a value of the user's own that cannot be copied is lent as it is
        return dict(meta)


_UNFINISHED = (
    "this Doc is in the middle of a radnlp pipeline and cannot be serialised; "
    "let it pass 'radnlp_findings' (or use the one component 'radnlp') first"
)


@srsly.msgpack_encoders("radnlp_draft")  # type: ignore[untyped-decorator]
def _refuse_to_pack(obj: Any, chain: Any = None) -> Any:
    """Doc.to_bytes packs user_data with msgpack; a Draft there means an unfinished Doc."""
    if isinstance(obj, Draft):
        raise PipelineError(_UNFINISHED)
    return obj if chain is None else chain(obj)


def attach(doc: Doc, report: Report) -> Doc:
    """Put a report on a Doc made from its text, before the first stage."""
    doc.user_data.pop(TEXT, None)
    doc.user_data[DRAFT] = Draft(report=report)
    return doc


def open_draft(doc: Doc) -> Draft:
    """The Doc's draft; a Doc that carries none yet is a report of its own, without an id."""
    if DRAFT not in doc.user_data:
        text = doc.user_data.get(TEXT)
        attach(doc, Report(id="", text=doc.text if text is None else text))
    draft: Draft = doc.user_data[DRAFT]
    return draft


def finished(draft: Draft) -> Extraction:
    """What the last stage has left. Raises PipelineError where it has not run."""
    if draft.extraction is None:
        raise PipelineError("the last stage left no extraction")
    return draft.extraction


@contextmanager
def timed(stage: str, drafts: Sequence[Draft]) -> Iterator[None]:
    """Share the seconds of a batch equally among its reports."""
    started = perf_counter()
    yield
    share = (perf_counter() - started) / max(len(drafts), 1)
    for draft in drafts:
        draft.seconds[stage] = draft.seconds.get(stage, 0.0) + share
