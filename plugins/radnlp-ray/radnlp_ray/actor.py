"""What runs on the machines of the cluster."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import ray

import radnlp
from radnlp.api import ConfigError, LineEngine, PipelineSpec, RadnlpError, default_catalogue

#: Reports that are read together and share a time limit: as many as the pipeline gives to a provider.
AT_ONCE = 32


class Ledger:
    """Counts how often each block was begun: a block that is begun again has ended an actor."""

    def __init__(self) -> None:
        self._begun: dict[int, int] = {}

    def begin(self, block: int) -> int:
        """Returns how often it has been begun, this time among them."""
        self._begun[block] = self._begun.get(block, 0) + 1
        return self._begun[block]

    def finish(self, block: int) -> None:
        """Forget it."""
        self._begun.pop(block, None)


class Reader:
    """The actor: one pipeline, built once, over one block of reports after the other.

    When a report ends the actor, or hangs it until the time limit ends it, Ray starts a new one and gives it the same
    block again. The ledger shows that, and the block goes through radnlp's own engine ``process`` inside the actor,
    which finds the guilty report and gives an error of its own to it.

    Args:
        spec: Fields of a PipelineSpec.
        ledger: Handle of the ledger.
        time_limit: Seconds for one report; 0 for no limit.
    """

    def __init__(self, spec: Mapping[str, Any], ledger: Any, time_limit: float) -> None:
        self._spec = PipelineSpec(**spec)
        self._ledger = ledger
        self._limit = time_limit
        self._extract = radnlp.ArrowExtractor.of(self._spec)
        self._extract.prepare()

    def __call__(self, table: pa.Table) -> pa.Table:
        block = table.column("block")[0].as_py()
        batch = table.combine_chunks().to_batches()[0]
        if ray.get(self._ledger.begin.remote(block)) > 1:
            answers = self._apart(batch)
        else:
            try:
                answers = self._here(batch)
            except ConfigError:  # how the run was set up is at fault, and no report
                raise
            except Exception:  # whatever a stage raises belongs to some report: find out to which
                answers = self._apart(batch)
        self._ledger.finish.remote(block)
        return answers

    def _here(self, batch: pa.RecordBatch) -> pa.Table:
        parts = []
        with Path(os.devnull).open("w") as nowhere:
            for start in range(0, batch.num_rows, AT_ONCE):
                if self._limit:  # a thread below Python, so that it also ends what never comes back to Python
                    faulthandler.dump_traceback_later(self._limit, exit=True, file=nowhere)
                try:
                    parts.append(self._extract(batch.slice(start, AT_ONCE)))
                finally:
                    faulthandler.cancel_dump_traceback_later()
        return pa.Table.from_batches(parts, self._extract.extractions)

    def _apart(self, batch: pa.RecordBatch) -> pa.Table:
        engine = default_catalogue().batch_engine("process").item.engine(1, {"time_limit": self._limit})
        if not isinstance(engine, LineEngine):
            raise ConfigError("the engine 'process' of this radnlp gives no lines; install the same version everywhere")
        rows = [
            (line.report_id, line.line, line.findings, line.errors, line.warnings)
            for line in engine.run_lines(self._spec, self._extract.unpack(batch))
        ]
        schema = self._extract.extractions
        columns = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
        return pa.Table.from_arrays(columns, schema=schema)


def probe(spec: Mapping[str, Any]) -> str | None:
    """Whether the pipeline can be built on a machine of the cluster: None, or why not."""
    try:
        radnlp.ArrowExtractor.of(PipelineSpec(**spec)).prepare()
    except RadnlpError as error:
        return str(error)
    return None
