"""One model in one process."""

from __future__ import annotations

import multiprocessing
import os

from radnlp.api import ConfigError


def check_process(home: int, stage: str) -> None:
    """Refuse to answer in a process that others were started beside: each would hold a model of its own.

    Args:
        home: Id of the process in which the provider was built.
        stage: Stage whose setting helps instead.

    Raises:
        ConfigError: In a fork, or in a child of :mod:`multiprocessing`, as ``nlp.pipe(..., n_process=2)`` makes them.
    """
    if os.getpid() != home or multiprocessing.parent_process() is not None:
        raise ConfigError(
            f"the provider 'llama' runs in one process only; leave n_process and workers at 1 and set {stage}.batch=N, "
            "which lets the model read N reports at once"
        )
