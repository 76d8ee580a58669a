"""A worker process as its parent sees it."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

import pyarrow as pa

from radnlp import errors
from radnlp.batch.arrow import EXTRACTIONS, report_batch
from radnlp.batch.engines.chunks import Chunk
from radnlp.batch.engines.worker import ANSWERS, FAULT, READY, ROWS, serve
from radnlp.errors import ConfigError, ProviderError, RadnlpError, UnknownNameError
from radnlp.records import ExtractionLine, PipelineSpec

#: Reports that a worker takes at once and answers in one message: as many as the pipeline gives to a provider.
AT_ONCE = 32
#: Chunks at a worker: the one it reads and the next, so that it need not wait for its parent.
CHUNKS_HELD = 2
_FAREWELL_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a message of a worker was about.

    Attributes:
        answered: Reports got through.
        failed: The chunk that the worker gave back, because the pipeline raised ``fault`` over its first report without
            an answer, or over those taken together with it.
    """

    answered: bool = False
    failed: Chunk | None = None
    fault: str = ""


class Hand:
    """One worker: a process of the kind ``spawn``, and the chunks it has.

    A thread sends, since a worker that is stuck in C code takes nothing, and its parent must watch the clock meanwhile.

    Attributes:
        chunks: In the order in which it takes them.
        ready: Whether its pipeline stands.
    """

    def __init__(self, spec: PipelineSpec) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        fields = {**asdict(spec), "terms": list(spec.terms)}
        self._process = context.Process(target=serve, args=(fields, theirs), name="radnlp worker", daemon=True)
        self._process.start()
        theirs.close()
        self._outbox: SimpleQueue[bytes | None] = SimpleQueue()
        self._sender = Thread(target=_send, args=(self.connection, self._outbox), daemon=True)
        self._sender.start()
        self.chunks: deque[Chunk] = deque()
        self.ready = False
        self._since = time.monotonic()

    @property
    def sentinel(self) -> int:
        """Becomes readable when the process has ended."""
        return self._process.sentinel

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """As the operating system tells it; negative for a signal."""
        return self._process.exitcode

    @property
    def has_room(self) -> bool:
        """Whether another chunk may be sent. What is sent before a worker listens would stop the parent."""
        return self.ready and len(self.chunks) < CHUNKS_HELD

    def seconds_left(self, limit: float) -> float:
        """Until what it is at must be answered; infinite for a worker that has nothing to do."""
        if not self.chunks or not limit:
            return float("inf")
        return self._since + limit - time.monotonic()

    def send(self, chunk: Chunk) -> None:
        """Give it a chunk, or what is left of one."""
        if not self.chunks:
            self._since = time.monotonic()
        self.chunks.append(chunk)
        batch = report_batch(chunk.rest)
        self._outbox.put(ROWS.pack(1 if chunk.alone else AT_ONCE) + memoryview(batch.serialize()))

    def listen(self) -> Iterator[News]:
        """Take every message that has come.

        Raises:
            EOFError: The process has ended, and all it said has been heard.
            RadnlpError: The run cannot go on.
        """
        alive = self._process.is_alive()
        try:
            while self.connection.poll():
                message = self.connection.recv_bytes()
                self._since = time.monotonic()
                yield self._hear(message[:1], message[1:])
        except OSError:  # a message cut short, a connection reset
            raise EOFError from None
        if not alive:  # asked first, so that its last words have been heard
            raise EOFError

    def farewell(self) -> None:
        """Tell it that there is no more to do."""
        self._outbox.put(b"")

    def stop(self, *, at_once: bool) -> None:
        """End the process: at once, or when it has not done so by itself in time."""
        if not at_once:
            self._process.join(_FAREWELL_SECONDS)
        self._process.kill()
        self._process.join()
        self._outbox.put(None)
        self._sender.join()
        self.connection.close()

    def _hear(self, kind: bytes, content: bytes) -> News:
        if kind == ANSWERS:
            self.chunks[0].answer(_lines(content))
            if self.chunks[0].finished:
                self.chunks.popleft()
            return News(answered=True)
        if kind == FAULT:
            return News(failed=self.chunks.popleft(), fault=str(json.loads(content)["kind"]))
        if kind != READY:
            raise _error(content)
        self.ready = True
        return News()


def _send(connection: Connection, outbox: SimpleQueue[bytes | None]) -> None:
    """Send message after message until None comes."""
    while (message := outbox.get()) is not None:
        with suppress(OSError):  # that the process has ended shows when it is next listened to
            connection.send_bytes(message)


def _lines(content: bytes) -> Iterator[ExtractionLine]:
    batch = pa.ipc.read_record_batch(pa.py_buffer(content), EXTRACTIONS)
    columns = [batch.column(name).to_pylist() for name in EXTRACTIONS.names]
    for report_id, line, findings, failed, warnings in zip(*columns, strict=True):
        yield ExtractionLine(report_id=report_id, line=line, findings=findings, errors=failed, warnings=warnings)


def _error(content: bytes) -> RadnlpError:
    """The error of a worker, of the same kind and in the same words as it would have been here."""
    told = json.loads(content)
    if told["message"] is None:
        return ProviderError(f"the pipeline cannot be built: {told['kind']} at {told['place']}")
    kind = getattr(errors, told["kind"], ProviderError)
    if issubclass(kind, UnknownNameError):  # its words are made of more than a message
        kind = ConfigError
    error: RadnlpError = kind(told["message"])
    return error
