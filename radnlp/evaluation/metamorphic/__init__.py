"""Metamorphic checks: a report is changed in a known way, and the findings must change in just that way.

They need no gold, so they run on anybody's reports. Source of the idea: Ribeiro et al., Beyond Accuracy: Behavioral
Testing of NLP Models with CheckList, ACL 2020:4902 (invariance and directional expectation tests).
"""

from radnlp.evaluation.metamorphic.checks import Checked, check_systems
from radnlp.evaluation.metamorphic.output import write_checks
from radnlp.evaluation.metamorphic.tables import failure_table, overview_table

__all__ = ["Checked", "check_systems", "failure_table", "overview_table", "write_checks"]
