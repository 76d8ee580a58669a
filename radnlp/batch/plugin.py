"""What this room offers through the hooks, by the same door as any plugin."""

from __future__ import annotations

from radnlp.api import EngineProvider, Settings, hookimpl
from radnlp.records import BatchEngine


def _serial(workers: int) -> BatchEngine:
    from radnlp.batch.engines.serial import SerialEngine

    return SerialEngine(workers)


def _process(workers: int, settings: Settings) -> BatchEngine:
    from radnlp.batch.engines.process import ProcessEngine

    return ProcessEngine(workers, time_limit=float(settings["time_limit"] or 0))


@hookimpl
def radnlp_register_batch_engines() -> list[EngineProvider]:
    """The engines ``serial`` and ``process``."""
    return [
        EngineProvider(
            name="serial", summary="one report after the other, in this process", factory=_serial, max_workers=1
        ),
        EngineProvider(
            name="process",
            summary="several processes on this machine; a report that ends or hangs one costs only itself",
            factory=_process,
            settings={"time_limit": 600.0},
        ),
    ]
