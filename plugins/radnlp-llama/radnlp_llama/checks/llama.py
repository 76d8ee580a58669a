"""The check ``llama``: llama_cpp, and the model of the settings."""

from __future__ import annotations

from radnlp.api import CheckLine, Settings
from radnlp_llama.checks.library import look_at_library
from radnlp_llama.checks.model import look_at_model


def look(settings: Settings) -> list[CheckLine]:
    """The lines for ``radnlp doctor``."""
    lines = look_at_library()
    if any(line.state == "failed" for line in lines):
        return lines
    if not settings["model_path"]:
        words = "no model was given; --set llama.model_path=FILE.gguf measures one"
        return [*lines, CheckLine(name="model", state="ok", words=words)]
    return lines + look_at_model(settings)
