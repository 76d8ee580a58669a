"""What this room offers through the hooks, by the same door as any plugin."""

from __future__ import annotations

from radnlp.api import EngineProvider, hookimpl
from radnlp.records import BatchEngine


def _serial(workers: int) -> BatchEngine:
    from radnlp.batch.engines.serial import SerialEngine

    return SerialEngine(workers)


@hookimpl
def radnlp_register_batch_engines() -> list[EngineProvider]:
    """The engine ``serial``."""
    return [
        EngineProvider(
            name="serial", summary="one report after the other, in this process", factory=_serial, max_workers=1
        )
    ]
