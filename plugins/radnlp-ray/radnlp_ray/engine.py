"""The engine: reports into Ray's object store, extractions out of it, in order."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib import import_module
from itertools import islice
from typing import Any

import pyarrow as pa
import ray
import ray.data

import radnlp
from radnlp.api import (
    ConfigError,
    Extraction,
    ExtractionLine,
    PipelineSpec,
    ProviderError,
    RadnlpError,
    Report,
    from_json,
)
from radnlp_ray.actor import Ledger, Reader, probe

#: Characters of a block: a second of rules, and what is done again when a machine is lost.
BLOCK_CHARACTERS = 512 * 1024
_REPORT_CHARACTERS = 256
#: Blocks that are in Ray's object store, and whose reports are in this process, at once: 128 million characters. The
#: actors are started anew for the next ones, which takes seconds where these took minutes.
WINDOW_BLOCKS = 256


class RayEngine:
    """Runs ``map_batches`` of Ray Data over blocks of reports, one pipeline for each actor.

    Connects to the cluster of ``address`` or of ``RAY_ADDRESS``, uses the one that is connected already, or starts one
    on this machine for the run. The reports go into Ray's object store ``WINDOW_BLOCKS`` blocks at a time; the
    extractions come back as they get done, in the reports' order.

    Args:
        workers: Actors, each with a pipeline and a core of its own.
        address: Of the cluster; None for ``RAY_ADDRESS``, else for this machine.
        gpus: Of each actor; a fraction shares one.
        time_limit: Seconds that one report may take; 0 for no limit.
    """

    def __init__(
        self, workers: int, *, address: str | None = None, gpus: float = 0.0, time_limit: float = 600.0
    ) -> None:
        if not 0 <= time_limit < float("inf") or not 0 <= gpus < float("inf"):
            raise ConfigError(f"engine.time_limit={time_limit}, engine.gpus={gpus}: both are numbers, at least 0")
        self.workers = workers
        self.address = address
        self.gpus = gpus
        self.time_limit = time_limit

    def run(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        """One extraction a report, in order. A pipeline is built before this returns, so its errors come first."""
        return (from_json(line.line) for line in self.run_lines(spec, reports))

    def run_lines(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[ExtractionLine]:
        """The same as lines of JSON.

        Raises:
            RadnlpError: No cluster, or a pipeline that cannot be built there.
        """
        started = self._connect()
        fields = json.loads(json.dumps(asdict(spec))) | {"terms": tuple(spec.terms)}
        try:
            asked = ray.remote(probe).options(num_gpus=self.gpus, max_retries=0)
            problem = _got(asked.remote(fields))
            if problem:
                raise ConfigError(problem)
        except BaseException:
            if started:
                _leave()
            raise
        return self._stream(fields, reports, started)

    def _stream(self, fields: dict[str, Any], reports: Iterable[Report], started: bool) -> Iterator[ExtractionLine]:
        try:
            waiting = _blocks(reports)
            while blocks := [ray.put(block) for block in islice(waiting, WINDOW_BLOCKS)]:
                yield from self._map(fields, blocks)
        except ray.exceptions.RayError as error:
            raise _own(error) from None
        finally:
            if started:
                _leave()

    def _map(self, fields: dict[str, Any], blocks: list[Any]) -> Iterator[ExtractionLine]:
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        ledger = ray.remote(Ledger).options(num_cpus=0).remote()
        found = ray.data.from_arrow_refs(blocks).map_batches(
            Reader,
            fn_constructor_args=(fields, ledger, self.time_limit),
            batch_size=None,
            batch_format="pyarrow",
            compute=ray.data.ActorPoolStrategy(size=min(self.workers, len(blocks))),
            num_gpus=self.gpus or None,
        )
        tables: Iterator[Any] = iter(found.iter_batches(batch_size=None, batch_format="pyarrow"))
        for table in tables:
            for row in table.to_pylist():
                yield ExtractionLine(
                    report_id=row["id"],
                    line=row["extraction"],
                    findings=row["findings"],
                    errors=row["errors"],
                    warnings=row["warnings"],
                )

    def _connect(self) -> bool:
        """Whether this run started or joined Ray, and has to leave it again."""
        if ray.is_initialized():
            return False
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        address = self.address or os.environ.get("RAY_ADDRESS")
        try:
            if address:
                ray.init(address=address, **quiet)
            else:
                here = "127.0.0.1"
                cores = self.workers + 1
                ray.init(num_cpus=cores, include_dashboard=False, _node_ip_address=here, **quiet)
        except (ConnectionError, ValueError, RuntimeError, OSError) as error:
            where = f"the cluster {address!r}" if address else "Ray on this machine"
            raise ConfigError(f"the engine 'ray' does not reach {where}: {type(error).__name__}") from None
        _show_messages(False)
        return True


def _leave() -> None:
    ray.shutdown()
    _show_messages(True)


def _show_messages(shown: bool) -> None:
    """Whether Ray prints what it has to say of dead workers: it does so on standard output, which is for results.

    ``log_to_driver=False`` leaves these messages out of its silence; this is the switch that Ray's debugger uses. Where
    a version has no such switch, nothing is changed.
    """
    state = import_module("ray._private.worker")
    if hasattr(state, "_worker_logs_enabled"):
        state._worker_logs_enabled = shown  # type: ignore[attr-defined]


def _blocks(reports: Iterable[Report]) -> Iterator[pa.Table]:
    """The reports in blocks of about equal length, each row with the number of its block."""
    number = size = 0
    held: list[Report] = []
    for report in reports:
        held.append(report)
        size += len(report.text) + _REPORT_CHARACTERS
        if size >= BLOCK_CHARACTERS:
            yield _block(number, held)
            number, size, held = number + 1, 0, []
    if held:
        yield _block(number, held)


def _block(number: int, reports: list[Report]) -> pa.Table:
    table = pa.Table.from_batches([radnlp.ArrowExtractor.pack(reports)])
    return table.append_column("block", pa.array([number] * len(reports), pa.int64()))


def _got(reference: Any) -> Any:
    try:
        return ray.get(reference)
    except ray.exceptions.RayError as error:
        raise _own(error) from None


def _own(error: Exception) -> RadnlpError:
    """Ray's exception around one of radnlp as the latter; of a foreign one its kind only."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, RadnlpError):
        return ConfigError(str(cause))
    kind = type(cause or error).__name__
    return ProviderError(f"the engine 'ray' could not go on: {kind}; Ray's logs (/tmp/ray/session_latest) say more")
