"""What a model is asked: versioned texts as TOML, rendered from a schema."""

from radnlp_llama.prompts.rendering import prefix, question, report_lines, rest
from radnlp_llama.prompts.template import Prompt, find_prompt, shipped_prompts

__all__ = ["Prompt", "find_prompt", "prefix", "question", "report_lines", "rest", "shipped_prompts"]
