"""Settings of the check ``llama``, read whenever the plugins are listed; the model's are named as the provider's."""

from __future__ import annotations

from collections.abc import Mapping

SETTINGS: Mapping[str, str | int | float | bool | None] = {
    "model_path": None,
    "n_gpu_layers": -1,
    "threads": 0,
    "batch": 8,
    "prompt_tokens": 512,
    "answer_tokens": 32,
}
