"""The training loop that all models here share: seeded, resumable, stopped early."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import torch
from torch import Tensor, nn

from radnlp.api import ConfigError
from radnlp_transformers.training.checkpoint import Progress, load_weights, read, restore, trained_state, write

T = TypeVar("T")
#: Hands items on, showing a bar with a label.
Show = Callable[[Sequence[Any], str], Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train.

    Attributes:
        epochs: At most.
        batch_size: Examples of a batch.
        accumulate: Batches of one step of the optimizer.
        learning_rate: At its highest, after warming up; it falls along ``decay`` to 0 at the last step.
        warmup: Share of all steps in which the rate rises, in [0, 1); at 1 or more, a number of steps.
        decay: ``linear`` or ``cosine``.
        weight_decay: Of matrices; vectors (biases, norms) have none.
        patience: Epochs without a better score after which to stop.
        seed: Of the order of examples, of dropout and of fresh weights.
        bfloat16: Whether to compute in bfloat16; weights and their updates stay in float32.
    """

    epochs: int
    batch_size: int
    accumulate: int = 1
    learning_rate: float
    warmup: float = 0.1
    decay: str = "linear"
    weight_decay: float = 0.01
    patience: int = 3
    seed: int = 0
    bfloat16: bool = False


class Task(Protocol):
    """What is trained."""

    @property
    def module(self) -> nn.Module:
        """Holds the weights."""

    def batches(self, epoch: int) -> Sequence[Any]:
        """The batches of an epoch, the same whenever asked."""

    def loss(self, batch: Any) -> Tensor:
        """Of one batch."""

    def validate(self) -> Mapping[str, Any]:
        """Of the module as it stands; ``score`` among them, larger being better."""


def train(
    task: Task, plan: Plan, *, folder: Path, about: Mapping[str, Any], resume: bool, device: torch.device, show: Show
) -> Progress:
    """Train; afterwards the module has the weights of its best epoch.

    The same task, plan and seed give the same losses on one CPU thread, whether interrupted and resumed or not.

    Args:
        task: What is trained.
        plan: How.
        folder: For checkpoints, one an epoch; it stays until the caller takes it away.
        about: What else decides the training (data, model), to be equal on resuming.
        resume: Go on from the checkpoint, where there is one.
        device: Where the module is.
        show: For the progress bar.

    Raises:
        ConfigError: A checkpoint of another training, or a loss that is no number any more.
    """
    fingerprint = {**asdict(plan), **about}
    progress = (read(folder, fingerprint) if resume else None) or Progress(plan=fingerprint)
    optimizer = make_optimizer(task.module, plan)
    if progress.epochs:
        restore(folder, task.module, optimizer)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    steps_an_epoch = math.ceil(len(task.batches(0)) / plan.accumulate)
    for epoch in range(len(progress.epochs), plan.epochs):
        if progress.done:
            break
        torch.manual_seed(plan.seed * 100_003 + epoch)  # dropout; the order of examples has its own generator
        label = f"epoch {epoch + 1}/{plan.epochs}"
        batches = show(task.batches(epoch), label)
        first = epoch * steps_an_epoch
        loss = _epoch(task, plan, optimizer, batches, first=first, last=steps_an_epoch * plan.epochs, device=device)
        task.module.eval()
        with torch.no_grad():
            found = dict(task.validate())
        progress.epochs.append({"loss": loss, **found})
        if found["score"] > progress.score:
            progress.best, progress.score = epoch, float(found["score"])
        progress.done = epoch - progress.best >= plan.patience or epoch + 1 == plan.epochs
        write(folder, progress, trained_state(task.module), optimizer)
    load_weights(folder, task.module)
    task.module.eval()
    return progress


def _epoch(
    task: Task,
    plan: Plan,
    optimizer: torch.optim.Optimizer,
    batches: Iterable[Any],
    *,
    first: int,
    last: int,
    device: torch.device,
) -> float:
    task.module.train()
    losses: list[float] = []
    for group_number, group in enumerate(grouped(batches, plan.accumulate)):
        for row in optimizer.param_groups:
            row["lr"] = plan.learning_rate * rate(first + group_number, last, plan)
        for batch in group:
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=plan.bfloat16):
                loss = task.loss(batch)
            losses.append(float(loss.detach()))
            if not math.isfinite(losses[-1]):
                raise ConfigError(f"the loss became {losses[-1]}; take a smaller --learning-rate or no --bfloat16")
            (loss / len(group)).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(task.module.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return sum(losses) / max(len(losses), 1)


def rate(step: int, steps: int, plan: Plan) -> float:
    """The share of the highest learning rate at a step: rising, then falling to 0.

    >>> plan = Plan(epochs=1, batch_size=1, learning_rate=1.0, warmup=0.2)
    >>> [round(rate(step, 10, plan), 2) for step in (0, 1, 2, 6, 9)]
    [0.5, 1.0, 1.0, 0.5, 0.12]
    """
    warm = round(plan.warmup * steps) if plan.warmup < 1 else min(int(plan.warmup), steps // 2)
    if step < warm:
        return (step + 1) / warm
    left = (steps - step) / max(steps - warm, 1)
    return left if plan.decay == "linear" else 0.5 * (1 - math.cos(math.pi * left))


def make_optimizer(module: nn.Module, plan: Plan) -> torch.optim.Optimizer:
    """AdamW over what is to be trained, without decay of vectors."""
    trained = [parameter for parameter in module.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in trained if p.dim() > 1], "weight_decay": plan.weight_decay},
        {"params": [p for p in trained if p.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=plan.learning_rate)


def shuffled(items: Sequence[T], *, seed: int, epoch: int) -> list[T]:
    """The items in an order that hangs on seed and epoch alone."""
    generator = torch.Generator().manual_seed(seed * 100_003 + epoch)
    return [items[number] for number in torch.randperm(len(items), generator=generator).tolist()]


def grouped(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, ``size`` at a time; the last group may be smaller."""
    group: list[T] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
