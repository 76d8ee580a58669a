"""How the rule mapper reads change: what a report says has become of a finding since an earlier examination."""

from radnlp.rules.episodes.mapper import EpisodeMapper

__all__ = ["EpisodeMapper"]
