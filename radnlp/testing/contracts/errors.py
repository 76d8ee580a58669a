"""What a contract check says when a rule is broken."""

from __future__ import annotations

from radnlp.testing.contracts.rules import RULES


class ContractError(AssertionError):
    """A plugin did not keep the contract of its hook.

    Attributes:
        rule: Name of the rule, a key of ``RULES``.
        found: What was found, without the words of any report.
        where: The input, e.g. ``report 3 (korean)``; empty where no report is involved.
    """

    def __init__(self, rule: str, found: str, *, where: str = "") -> None:
        self.rule = rule
        self.found = found
        self.where = where
        place = f"{where}: " if where else ""
        super().__init__(f"{place}{found} [rule {rule}: {RULES[rule]}]")


def require(holds: bool, rule: str, found: str, *, where: str = "") -> None:
    """Raise ContractError unless the rule holds."""
    if not holds:
        raise ContractError(rule, found, where=where)
