"""Where a training stands, as files: tensors in safetensors, the rest in JSON; never a pickle."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from radnlp.api import ConfigError

_STATE, _WEIGHTS, _BEST, _OPTIMIZER = "state.json", "weights.safetensors", "best.safetensors", "optimizer.safetensors"


@dataclass(slots=True, kw_only=True)
class Progress:
    """What has happened so far.

    Attributes:
        plan: Everything that decides what the training does; another plan cannot go on from here.
        epochs: One row for each finished epoch: ``loss`` and what validation said.
        best: Number of the best epoch, from 0; -1 before there is one.
        score: Of the best epoch; larger is better.
        done: Whether the training has come to its end.
    """

    plan: Mapping[str, Any]
    epochs: list[dict[str, Any]] = field(default_factory=list)
    best: int = -1
    score: float = float("-inf")
    done: bool = False


def write(folder: Path, progress: Progress, weights: Mapping[str, Tensor], optimizer: torch.optim.Optimizer) -> None:
    """Write a checkpoint; what was there before stays whole until the new one is.

    The weights of the best epoch are kept beside those of the last.
    """
    made = folder.with_name(folder.name + ".new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    save_file(copied(weights), str(made / _WEIGHTS))
    save_file(_moments(optimizer), str(made / _OPTIMIZER))
    if progress.best == len(progress.epochs) - 1:
        shutil.copyfile(made / _WEIGHTS, made / _BEST)
    else:
        shutil.copyfile(folder / _BEST, made / _BEST)
    state = {
        "plan": dict(progress.plan),
        "epochs": progress.epochs,
        "best": progress.best,
        "score": progress.score,
        "done": progress.done,
    }
    (made / _STATE).write_text(json.dumps(state, indent=1), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    made.rename(folder)


def read(folder: Path, plan: Mapping[str, Any]) -> Progress | None:
    """Where the training of a folder stands; None where there is nothing to go on from.

    Raises:
        ConfigError: It was another training (the differences are named), or its state is damaged.
    """
    if not (folder / _STATE).exists():
        return None
    try:
        found = Progress(**json.loads((folder / _STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(f"{folder}: a damaged checkpoint ({type(error).__name__}); start without --resume") from None
    wanted = json.loads(json.dumps(dict(plan)))
    different = sorted(name for name in {*wanted, *found.plan} if wanted.get(name) != found.plan.get(name))
    if different:
        raise ConfigError(
            f"{folder}: the checkpoint is of a training with other {', '.join(different)}; give the same options and "
            "data as then, or start without --resume"
        )
    return found


def restore(folder: Path, module: torch.nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Fill module and optimizer with the state of the last epoch.

    Raises:
        ConfigError: The files do not belong to this model.
    """
    load_weights(folder, module, best=False)
    try:
        moments = load_file(str(folder / _OPTIMIZER))
    except Exception as error:
        raise ConfigError(f"{folder / _OPTIMIZER}: damaged ({type(error).__name__}); start without --resume") from None
    rows: dict[int, dict[str, Tensor]] = {}
    for name, tensor in moments.items():
        number, _, what = name.partition(".")
        rows.setdefault(int(number), {})[what] = tensor
    state = optimizer.state_dict()
    optimizer.load_state_dict({**state, "state": rows})


def load_weights(folder: Path, module: torch.nn.Module, *, best: bool = True) -> None:
    """Fill a module with the weights of the best epoch, or of the last.

    Raises:
        ConfigError: The files do not belong to this model.
    """
    path = folder / (_BEST if best else _WEIGHTS)
    try:
        kept = load_file(str(path))
        wanted = trained_state(module)
        if set(kept) != set(wanted):
            raise KeyError(path.name)
        module.load_state_dict(kept, strict=False)
    except Exception as error:
        raise ConfigError(
            f"{path}: not the weights of this model ({type(error).__name__}); start without --resume"
        ) from None


def trained_state(module: torch.nn.Module) -> dict[str, Tensor]:
    """The state of a module without parameters that are frozen: those are where the training started from."""
    frozen = {name for name, parameter in module.named_parameters() if not parameter.requires_grad}
    return {name: tensor for name, tensor in module.state_dict().items() if name not in frozen}


def copied(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Each tensor in memory of its own, on the CPU, as safetensors wants them."""
    return {name: tensor.detach().to("cpu", copy=True).contiguous() for name, tensor in weights.items()}


def _moments(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    state: Mapping[int, Mapping[str, Any]] = optimizer.state_dict()["state"]
    return copied(
        {f"{number}.{what}": torch.as_tensor(value) for number, row in state.items() for what, value in row.items()}
    )
