"""The shape all stages share: a batch of drafts at a time, in ``pipe`` as in a single call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from spacy.tokens import Doc

from radnlp.errors import PipelineError
from radnlp.pipes.draft import Draft, finished, open_draft, timed
from radnlp.records import Extraction, Report

#: How many reports go through the stages together. spaCy hands over a thousand at a time, more than the stages keep in
#: mind of the texts they all look at (radnlp.text.spelling).
MOST_AT_ONCE = 64


class Stage(Protocol):
    """One stage of the pipeline, ready-made: it knows no plugin, and of spaCy nothing either.

    Attributes:
        name: Name of the stage, as in ``--set NAME.setting=value``.
        needs: The field of the draft that an earlier stage must have filled, or None.
    """

    @property
    def name(self) -> str: ...

    @property
    def needs(self) -> str | None: ...

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill this stage's field of every draft. A fault of one report becomes an issue of that draft."""


class StagePipe:
    """The spaCy component around one or several stages.

    ``__call__`` is a batch of one, so single and bulk use cannot differ.

    Args:
        stages: In their order.
        finish: Called with every Doc and its draft after the last stage.
        begin: Likewise before the first one.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        finish: Callable[[Doc, Draft], None] | None = None,
        *,
        begin: Callable[[Doc, Draft], None] | None = None,
    ) -> None:
        self._stages = tuple(stages)
        self._finish = finish
        self._begin = begin

    def __call__(self, doc: Doc) -> Doc:
        self._run([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = MOST_AT_ONCE) -> Iterator[Doc]:
        """Docs in, the same Docs out, in order, ``batch_size`` at a time, but never more than ``MOST_AT_ONCE``."""
        waiting = iter(docs)
        while batch := list(islice(waiting, min(batch_size, MOST_AT_ONCE))):
            self._run(batch)
            yield from batch

    @property
    def reads_docs(self) -> bool:
        """Whether it needs more of a Doc than its text: what other components have left on it."""
        return self._begin is not None

    def read(self, reports: Iterable[Report], batch_size: int = MOST_AT_ONCE) -> Iterator[Extraction]:
        """The extractions of reports, in order, where no Doc is asked for: to make one takes as long as a stage."""
        waiting = iter(reports)
        while drafts := [Draft(report=report) for report in islice(waiting, min(batch_size, MOST_AT_ONCE))]:
            self._work(drafts)
            yield from (finished(draft) for draft in drafts)

    def _run(self, docs: Sequence[Doc]) -> None:
        drafts = [open_draft(doc) for doc in docs]
        if self._begin is not None:
            for doc, draft in zip(docs, drafts, strict=True):
                self._begin(doc, draft)
        self._work(drafts)
        if self._finish is not None:
            for doc, draft in zip(docs, drafts, strict=True):
                self._finish(doc, draft)

    def _work(self, drafts: Sequence[Draft]) -> None:
        for stage in self._stages:
            if stage.needs and any(getattr(draft, stage.needs) is None for draft in drafts):
                raise PipelineError(
                    f"'radnlp_{stage.name}' found nothing to work on; the order is radnlp_text, radnlp_mentions, "
                    "radnlp_status, radnlp_sentence_classes, radnlp_keys, radnlp_relations, radnlp_findings, or the "
                    "one component 'radnlp'"
                )
            with timed(stage.name, drafts):
                stage.work(drafts)
