"""How many reports may be sent on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Budget:
    """A share of the reports read so far, in the order in which they come.

    Of n reports at most ``ceil(share * n)`` are sent on. A share, because a fixed number would be spent on the first
    reports of a run, and as often as there are workers; of what has been read, because a stream has no known end. The
    decision hangs on the reports before, never on how they are put into batches.

    Attributes:
        share: In [0, 1].
        read: Reports so far.
        sent: Those of them that were sent on.
    """

    share: float
    read: int = 0
    sent: int = 0

    def take(self, *, wanted: bool) -> bool:
        """Count a report, and whether it may be sent on where that is wanted.

        >>> budget = Budget(0.25)
        >>> [budget.take(wanted=True) for _ in range(9)]
        [True, False, False, False, True, False, False, False, True]
        """
        self.read += 1
        # 0.1 * 10 and its like must not come out above the whole number that they are
        allowed = wanted and self.sent < self.share * self.read - 1e-9
        self.sent += allowed
        return allowed
