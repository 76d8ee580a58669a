"""Answers that need no model: kept from an earlier run by their content, or recorded to be played back."""

from radnlp_llama.cache.cached import CachedGenerator
from radnlp_llama.cache.recorded import RecordingGenerator, ReplayGenerator

__all__ = ["CachedGenerator", "RecordingGenerator", "ReplayGenerator"]
