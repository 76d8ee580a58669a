"""What runs in each process of the engine ``process``.

Between the processes go bytes only: Arrow batches of known columns, and JSON for what went wrong. No object is pickled.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import struct
import sys
import traceback
from collections.abc import Mapping
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

#: First byte of a message to the parent: the pipeline stands; answers; a report that the pipeline cannot take; the run
#: cannot go on.
READY, ANSWERS, FAULT, FAILURE = b"R", b"A", b"X", b"F"
#: Before a batch sent to a worker: how many reports it takes at once, and answers in one message.
ROWS = struct.Struct("<I")

#: Linux: prctl(2), the signal that a process gets when its parent (the thread that started it) ends.
_PR_SET_PDEATHSIG = 1


def serve(spec: Mapping[str, Any], connection: Connection) -> None:
    """Build the pipeline and answer batches until an empty message comes. When the parent is gone, so is this process.

    Args:
        spec: Fields of a PipelineSpec; JSON-able.
        connection: To the parent.
    """
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    os.dup2(2, 1)  # nothing but results on standard output, whatever a provider prints
    batches: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_receive, args=(connection, batches), daemon=True).start()
    try:
        _work(spec, connection, batches)
    except (BrokenPipeError, ConnectionResetError):  # the parent is gone
        os._exit(1)


def _die_with_parent() -> None:
    """Have Linux end this process with its parent, whatever it is at: C code may not let the thread below run."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = parent_process()
    if parent is not None and os.getppid() != parent.pid:  # it died before it was asked
        os._exit(1)


def _receive(connection: Connection, batches: SimpleQueue[bytes]) -> None:
    """Take what the parent sends also while a report is being read, and notice at once when it sends no more."""
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            os._exit(1)  # also out of a report that never ends in Python: without a parent there must be no worker
        batches.put(message)
        if not message:
            return


def _work(spec: Mapping[str, Any], connection: Connection, batches: SimpleQueue[bytes]) -> None:
    try:
        import pyarrow as pa

        from radnlp.batch.arrow import RECORDS, ArrowExtractor
        from radnlp.errors import ConfigError
        from radnlp.records import PipelineSpec

        extract = ArrowExtractor.of(PipelineSpec(**{**spec, "terms": tuple(spec["terms"])}))
        extract.prepare()
        gc.collect()
        gc.freeze()  # the pipeline stays to the end: looking through it again and again costs a tenth of the run
    except Exception as error:
        connection.send_bytes(FAILURE + _told(error))
        return
    connection.send_bytes(READY)
    while message := batches.get():
        (rows,) = ROWS.unpack_from(message)
        batch = pa.ipc.read_record_batch(pa.py_buffer(message[ROWS.size :]), RECORDS)
        for start in range(0, batch.num_rows, rows):
            try:
                answers = extract(batch.slice(start, rows))
            except ConfigError as error:  # how the run was set up is at fault, and no report
                connection.send_bytes(FAILURE + _told(error))
                return
            except Exception as error:  # whatever a stage raises belongs to some report; the parent finds out which
                connection.send_bytes(FAULT + _told(error))
                break
            connection.send_bytes(ANSWERS + memoryview(answers.serialize()).tobytes())


def _told(error: Exception) -> bytes:
    """An exception as JSON. The words of a foreign one may hold report text, so only its kind and its place go."""
    from radnlp.errors import RadnlpError

    place = traceback.extract_tb(error.__traceback__)[-1]
    return json.dumps(
        {
            "kind": type(error).__name__,
            "message": str(error) if isinstance(error, RadnlpError) else None,
            "place": f"{Path(place.filename).name}:{place.lineno}",
        }
    ).encode()
