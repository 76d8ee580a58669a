"""The attention-pooling head as a thinc model, so that spaCy's optimizer trains it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thinc.api import ArgsKwargs, Model, PyTorchWrapper, torch2xp, xp2torch
from torch import Tensor, nn

from radnlp_transformers.keys.head import AttentionHead, of_reports


class ReportHead(nn.Module):
    """From the states of windows to the logits of reports.

    Args:
        head: The same module that the batch path uses.
    """

    def __init__(self, head: AttentionHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor, mask: Tensor, owner: Tensor, reports: int) -> Tensor:
        """Logits, shape (reports, keys); see :mod:`radnlp_transformers.keys.head`."""
        return of_reports(self.head(states, mask), owner, reports)


def thinc_head(head: AttentionHead) -> Model[Any, Any]:
    """The head as a layer of thinc; its input is (states, mask, owner, number of reports), the first an array."""
    return PyTorchWrapper(ReportHead(head), convert_inputs=_inputs)


def _inputs(model: Model[Any, Any], given: Any, is_train: bool) -> tuple[ArgsKwargs, Callable[[ArgsKwargs], Any]]:
    states, mask, owner, reports = given
    tensors = ArgsKwargs(args=(xp2torch(states, requires_grad=is_train), mask, owner, reports), kwargs={})

    def gradient(found: ArgsKwargs) -> Any:
        return torch2xp(found.args[0])

    return tensors, gradient
