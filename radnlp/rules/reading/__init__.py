"""How the rule mapper reads: which place of a report belongs to which finding."""

from radnlp.rules.reading.reader import Reader, Reading

__all__ = ["Reader", "Reading"]
