"""An answer as it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from radnlp_llama.answers.slots import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an answer says, what had to be mended to read it, and what was not understood.

    Nothing of the model's words is in ``mended`` or ``faults``: they may be the report's.

    Attributes:
        rows: Slot -> field -> options; only slots and fields that were understood.
        missing: The slots without a row, in the slots' order.
        mended: What the form would not have let through, and was understood all the same.
        faults: What was not understood, by slot and field.
        kept_to_form: Whether the text is exactly one that the form allows.
    """

    rows: Mapping[str, Row]
    missing: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    kept_to_form: bool = False


@dataclass(slots=True)
class Notes:
    """What is noticed while an answer is read."""

    mended: dict[str, None] = field(default_factory=dict)
    faults: dict[str, None] = field(default_factory=dict)

    def mend(self, what: str) -> None:
        """Something that was understood all the same."""
        self.mended[what] = None

    def fault(self, what: str) -> None:
        """Something that was not."""
        self.faults[what] = None
