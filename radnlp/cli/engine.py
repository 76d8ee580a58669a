"""Which engine runs the pipeline, and with how many workers."""

from __future__ import annotations

import os
from argparse import Namespace, _ArgumentGroup

from radnlp.cli.options import ENGINE, engine_settings
from radnlp.errors import ConfigError
from radnlp.hooks import default_catalogue
from radnlp.pipeline import complete_settings
from radnlp.records import BatchEngine, EngineProvider

_TIME_LIMIT = "time_limit"


def add_engine_options(group: _ArgumentGroup) -> None:
    """``--engine --workers --time-limit``."""
    group.add_argument(
        "--engine", metavar="NAME", help="batch engine (default: serial; process with --workers; see: radnlp plugins)"
    )
    group.add_argument(
        "--workers", metavar="N", type=int, help="how many workers (default: 1; for other engines one for each core)"
    )
    group.add_argument(
        "--time-limit",
        metavar="SECONDS",
        type=float,
        help="stop a report that takes longer, as an error of that report (engine process: 600; 0: no limit)",
    )


def chosen_engine(options: Namespace) -> BatchEngine:
    """The engine that the options name: with more than one worker ``process``, else ``serial``.

    Raises:
        ConfigError: An engine, a number of workers or a setting that cannot be.
    """
    workers: int | None = options.workers
    if workers is not None and workers < 1:
        raise ConfigError(f"--workers {workers}: at least 1")
    provider = default_catalogue().batch_engine(options.engine or ("process" if (workers or 1) > 1 else "serial")).item
    if workers is not None and provider.max_workers is not None and workers > provider.max_workers:
        raise ConfigError(
            f"--workers {workers}: the engine {provider.name!r} runs at most {provider.max_workers}; name another with "
            "--engine (see: radnlp plugins)"
        )
    given = dict(engine_settings(options))
    if options.time_limit is not None:
        if _TIME_LIMIT not in provider.settings:
            raise ConfigError(
                f"--time-limit: the engine {provider.name!r} cannot stop a report; take one that can, e.g. "
                "--engine process"
            )
        given[_TIME_LIMIT] = options.time_limit
    return provider.engine(workers or _all_workers(provider), complete_settings(ENGINE, given, provider.settings))


def _all_workers(provider: EngineProvider) -> int:
    """One for each core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores if provider.max_workers is None else min(cores, provider.max_workers)
