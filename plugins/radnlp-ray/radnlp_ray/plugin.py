"""What this package offers, through radnlp's hooks. Ray is imported when the engine is asked for."""

from __future__ import annotations

import os

from radnlp.api import BatchEngine, ConfigError, EngineProvider, Settings, hookimpl

_HINT = 'Install Ray: pip install "radnlp-ray[ray]".'


@hookimpl
def radnlp_register_batch_engines() -> list[EngineProvider]:
    """The engine ``ray``."""
    return [
        EngineProvider(
            name="ray",
            summary="Ray Data, on this machine or on a cluster; one pipeline for each actor",
            factory=_ray,
            install_hint=_HINT,
            settings={"address": None, "gpus": 0.0, "time_limit": 600.0},
        )
    ]


def _ray(workers: int, settings: Settings) -> BatchEngine:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray reports its use to its makers unless told not to
    try:
        import ray.data  # noqa: F401
    except ImportError as error:
        raise ConfigError(f"the engine 'ray' cannot be used: {error}. {_HINT}") from None
    from radnlp_ray.engine import RayEngine

    address = settings["address"]
    return RayEngine(
        workers,
        address=None if address is None else str(address),
        gpus=float(settings["gpus"] or 0),
        time_limit=float(settings["time_limit"] or 0),
    )
