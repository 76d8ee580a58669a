"""What has been asked and answered about one report so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from radnlp.api import Generated, Issue, MappingRequest
from radnlp_llama.answers import Row, Slot
from radnlp_llama.tasks.questions import Round


@dataclass(slots=True)
class Talk:
    """The rounds of questions about one report.

    Attributes:
        targets: The keys of stage one.
        left: What was asked about and not denied.
        denied: The keys that the model denied.
        unanswered: The keys whose answer was not understood.
        questions: The line of each question.
        answers: Each answer as it was understood.
        slots: All slots that were asked about.
        rows: What was answered, by slot; a key that was asked about twice is there twice.
    """

    request: MappingRequest
    targets: frozenset[str]
    left: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    questions: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    generated: list[Generated] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    rows: list[tuple[Slot, Row]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def denies(slot: Slot, row: Row) -> bool:
    """Whether an answer says that its key is not there."""
    return any(set(row.get(field.name, ())) & set(field.denies) for field in slot.fields)


def meant(asked: Round, name: str, targets: frozenset[str]) -> set[str]:
    """The keys that a name stands for: itself, or those of a group."""
    return set(asked.stands_for.get(name, {name}) & targets)
