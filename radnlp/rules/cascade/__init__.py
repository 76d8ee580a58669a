"""The provider ``cascade``: rules first, another provider where the rules are unsure.

Source: deferral after Chow, IEEE Trans Inf Theory 1970;16:41 (reject an answer whose probability of being right is
below a threshold), with a second classifier where he has none, as in Viola and Jones, CVPR 2001.
"""

from radnlp.rules.cascade.mapper import CascadeMapper
from radnlp.rules.cascade.measure import Judgement, Measure
from radnlp.rules.cascade.signals import SIGNALS, SignalReader

__all__ = ["SIGNALS", "CascadeMapper", "Judgement", "Measure", "SignalReader"]
