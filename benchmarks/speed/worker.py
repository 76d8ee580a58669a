"""Each system in a process of its own, asked over a pipe: no system's imports, patches or objects slow another one."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from systems import SYSTEMS, Pipeline, System


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One pass over some texts.

    Attributes:
        wall: Seconds on the clock.
        cpu: Seconds of CPU of the process; less than ``wall`` when somebody else had the core.
    """

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a system sees in some texts: tokens and mentions, over all of them."""

    tokens: int
    mentions: int


class Worker:
    """The process of one system.

    Raises:
        RuntimeError: The system cannot be built here; the message says why.
    """

    def __init__(self, system: str) -> None:
        context = get_context("spawn")
        self._connection, child = context.Pipe()
        self._process = context.Process(target=_serve, args=(system, child), daemon=True)
        self._process.start()
        child.close()
        if problem := self._connection.recv():
            self.stop()
            raise RuntimeError(problem)

    def time(self, texts: Sequence[str], *, limit: float | None = None) -> Timing | None:
        """One pass through ``nlp.pipe``; None when it took longer than ``limit`` seconds: the process is gone then."""
        self._connection.send((True, list(texts)))
        if limit is not None and not self._connection.poll(limit):
            self.stop()
            return None
        timing: Timing = self._connection.recv()
        return timing

    def content(self, texts: Sequence[str]) -> Content:
        """What the system sees in the texts, without a clock."""
        self._connection.send((False, list(texts)))
        content: Content = self._connection.recv()
        return content

    def stop(self) -> None:
        """End the process: by itself when it waits for texts, by force when it is in the midst of one."""
        self._connection.close()
        self._process.join(timeout=2)
        self._process.kill()
        self._process.join()


def _serve(name: str, connection: Connection) -> None:
    system = SYSTEMS[name]
    try:
        nlp = system.build()
    except Exception as error:  # an engine that this version lacks, a package that is not installed
        connection.send(f"{type(error).__name__}: {str(error).splitlines()[0]}")
        return
    connection.send("")
    while True:
        try:
            timed, texts = connection.recv()
        except EOFError:
            return
        connection.send(_timed(system, nlp, texts) if timed else _content(system, nlp, texts))


def _timed(system: System, nlp: Pipeline, texts: list[str]) -> Timing:
    read = system.read
    cpu, wall = time.process_time(), time.perf_counter()
    for doc in nlp.pipe(texts):
        if read is not None:
            read(doc)
    return Timing(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)


def _content(system: System, nlp: Pipeline, texts: list[str]) -> Content:
    tokens = mentions = 0
    for doc in nlp.pipe(texts):
        tokens += len(doc) if system.docs else 0
        mentions += system.count(doc)
    return Content(tokens=tokens, mentions=mentions)
