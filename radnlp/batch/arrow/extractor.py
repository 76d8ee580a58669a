"""The Arrow function: a batch of reports in, a batch of extractions out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from radnlp.batch.arrow.columns import EXTRACTIONS, REPORTS, extraction_batch, report_batch, reports_in
from radnlp.records import PipelineSpec, Report, Settings

Batch = TypeVar("Batch", pa.RecordBatch, pa.Table)

_NO_SETTINGS: Mapping[str, Settings] = {}


class ArrowExtractor:
    """Runs a pipeline over Arrow batches, wherever an engine puts it.

    It holds names only, so that it can be sent to another process; each process builds the pipeline once, at its first
    batch, whatever the number of extractors made from the same arguments. In Spark hand :meth:`each` to
    ``mapInArrow``; in Ray Data the class itself to ``map_batches(..., batch_format="pyarrow")``; in Dask call it on
    each partition.

    Args:
        schema: As for ``radnlp.load``, and so are the others. Files must be where every machine finds them.
        terms: Lexicon files laid on top of the schema's own.
        keys: Provider of entity key classification.
        relations: Provider of relationship mapping.
        sentence_classes: Provider of sentence classes; None for the schema's own.
        settings: Stage -> setting -> value.

    Raises:
        RadnlpError: From a call: a pipeline that cannot be built, or columns that cannot be used.

    Attributes:
        reports: Columns that are read, as a ``pyarrow.Schema``: :data:`radnlp.batch.arrow.REPORTS`.
        extractions: Columns that come out: :data:`radnlp.batch.arrow.EXTRACTIONS`.

    >>> extract = ArrowExtractor("chest_ct")
    >>> batch = pa.record_batch({"id": ["r1", "r2"], "text": ["Nodule in the RUL.", "No effusion."]})
    >>> extract(batch).column("findings").to_pylist()
    [1, 1]
    """

    reports = REPORTS
    extractions = EXTRACTIONS

    def __init__(
        self,
        schema: str | Path,
        *,
        terms: Iterable[str | Path] = (),
        keys: str = "rules",
        relations: str = "rules",
        sentence_classes: str | None = None,
        settings: Mapping[str, Settings] = _NO_SETTINGS,
    ) -> None:
        self.spec = PipelineSpec(
            schema=str(schema),
            terms=tuple(str(path) for path in terms),
            keys=keys,
            relations=relations,
            sentence_classes=sentence_classes,
            settings={stage: dict(values) for stage, values in settings.items()},
        )

    @staticmethod
    def pack(reports: Iterable[Report]) -> pa.RecordBatch:
        """Reports as a batch for a call, with all they hold."""
        return report_batch(reports)

    @staticmethod
    def unpack(batch: pa.RecordBatch) -> list[Report]:
        """The reports of a batch, as a call reads them. Raises ConfigError for columns that cannot be used."""
        return reports_in(batch)

    @classmethod
    def of(cls, spec: PipelineSpec) -> ArrowExtractor:
        """The extractor of a pipeline described by name, which is what an engine has."""
        return cls(
            spec.schema,
            terms=spec.terms,
            keys=spec.keys,
            relations=spec.relations,
            sentence_classes=spec.sentence_classes,
            settings=spec.settings,
        )

    def prepare(self) -> None:
        """Build the pipeline now; a call does it otherwise. Raises RadnlpError."""
        _pipeline(_key(self.spec))
        reports_in(report_batch([Report(id="", text="")]))  # pyarrow's first use loads pandas where it is installed

    def __call__(self, batch: Batch) -> Batch:
        """One row of :data:`EXTRACTIONS` a row of ``batch``, in order; a table for a table."""
        if isinstance(batch, pa.Table):
            return pa.Table.from_batches([self._work(part) for part in batch.to_batches()], EXTRACTIONS)
        return self._work(batch)

    def each(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """One batch after the other, as Spark's ``mapInArrow`` gives them and wants them back."""
        for batch in batches:
            yield self(batch)

    def _work(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        from radnlp.pipeline import lines  # loads spaCy

        reports = reports_in(batch)
        return extraction_batch(zip(reports, lines(_pipeline(_key(self.spec)), reports), strict=True))


def _key(spec: PipelineSpec) -> str:
    return json.dumps([spec.schema, spec.terms, spec.keys, spec.relations, spec.sentence_classes, dict(spec.settings)])


@lru_cache(maxsize=2)
def _pipeline(key: str) -> Any:
    from radnlp.pipeline import build

    schema, terms, keys, relations, sentence_classes, settings = json.loads(key)
    return build(
        PipelineSpec(
            schema=schema,
            terms=tuple(terms),
            keys=keys,
            relations=relations,
            sentence_classes=sentence_classes,
            settings=settings,
        )
    )
