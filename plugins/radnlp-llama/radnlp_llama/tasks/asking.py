"""Questions to a generator, and what an answer comes to for a report: issues, costs, scores."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from radnlp.api import Generated, GenerationRequest, Issue, TextGenerator
from radnlp_llama.answers import Answer, Slot
from radnlp_llama.cache.recorded import NOT_RECORDED

INVALID, REPAIRED, OVERFLOW = "answer_invalid", "answer_repaired", "context_overflow"


class Asker:
    """Asks a generator, and remembers the last questions: the stage asks again, report by report, when one fails."""

    def __init__(self, generator: TextGenerator) -> None:
        self._generator = generator
        self._last: dict[GenerationRequest, Generated] = {}

    def ask(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        """One answer a request, in order; what was asked in the call before is not asked again."""
        new = [request for request in dict.fromkeys(requests) if request not in self._last]
        answers = self._generator.generate(new) if new else ()
        known = {**self._last, **dict(zip(new, answers, strict=True))}
        if new:
            self._last = {request: known[request] for request in requests}
        return [known[request] for request in requests]


def fault_issue(stage: str, generated: Generated, lost: str) -> Issue:
    """Why there is no answer at all.

    Args:
        stage: ``relations`` or ``sentence_classes``.
        generated: What came back.
        lost: What the report goes without, for the message.
    """
    tokens = generated.counts.get("prompt_tokens")
    size = f" ({tokens} tokens)" if tokens else ""
    if generated.fault == OVERFLOW:
        message = (
            f"the question about this report{size} and its longest answer do not fit the model's context; set "
            f"{stage}.n_ctx higher, as far as the model was trained, or split the report; {lost}"
        )
    elif generated.fault == NOT_RECORDED:
        message = (
            f"the question about this report is not among the recorded answers of {stage}.replay_path; record again or "
            f"leave that setting out; {lost}"
        )
    else:
        message = f"the model gave no answer ({generated.fault}); {lost}"
    return Issue(level="error", stage=stage, code=generated.fault or INVALID, message=message)


def answer_issues(stage: str, answer: Answer, lost: str) -> list[Issue]:
    """What was mended in an answer (a warning) and what was not understood (an error)."""
    issues = []
    if answer.faults:
        message = f"the model's answer was not understood: {_joined(answer.faults)}; {lost}"
        issues.append(_issue("error", stage, INVALID, message))
    if answer.mended:
        message = f"the model's answer did not keep to the form and was mended: {_joined(answer.mended)}"
        issues.append(_issue("warning", stage, REPAIRED, message))
    return issues


def score(generated: Sequence[Generated], slots: Sequence[Slot], keys: Collection[str]) -> float | None:
    """The probability of what was chosen for some slots: the product over their choices, in all rounds.

    Free words before a label do not count: they are no decision. None when a generator does not tell, or when the
    answer did not keep to the form.

    Range: [0, 1], six decimals.
    """
    wanted = {slot.choice(field) for slot in slots if slot.key in keys for field in slot.fields if field.kind != "free"}
    found = [choice.probability for answer in generated for choice in answer.choices if choice.name in wanted]
    if len(found) != len(wanted) or not found:
        return None
    told = [probability for probability in found if probability is not None]
    return round(min(1.0, math.prod(told)), 6) if len(told) == len(found) else None


def summed(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """What several answers cost together."""
    total: Counter[str] = Counter()
    for row in counts:
        total.update(row)
    return dict(sorted(total.items()))


def _issue(level: Literal["warning", "error"], stage: str, code: str, message: str) -> Issue:
    return Issue(level=level, stage=stage, code=code, message=message)


def _joined(rows: Sequence[str], most: int = 8) -> str:
    shown = "; ".join(rows[:most])
    return f"{shown}; and {len(rows) - most} more" if len(rows) > most else shown
