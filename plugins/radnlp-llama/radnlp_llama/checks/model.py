"""The lines about a given GGUF: can it be used, how many of its layers are on a device, how fast is it."""

from __future__ import annotations

from pathlib import Path

from radnlp.api import CheckLine, ConfigError, ProviderError, Settings
from radnlp_llama.checks.speed import measure
from radnlp_llama.runtime.gguf_file import GgufHead, read_head
from radnlp_llama.runtime.library import llama_library
from radnlp_llama.runtime.model import NO_DEVICE, Model, usable_threads


def look_at_model(settings: Settings) -> list[CheckLine]:
    """The lines, up to the first that failed.

    Args:
        settings: ``model_path``, ``n_gpu_layers``, ``threads``, ``batch``, ``prompt_tokens``, ``answer_tokens``.
    """
    numbers = {name: value for name, value in settings.items() if isinstance(value, int)}
    low = [name for name in ("batch", "prompt_tokens", "answer_tokens") if numbers[name] < 1]
    if low:
        words = f"{low[0]}={numbers[low[0]]}; it must be 1 or more"
        return [CheckLine(name="model", state="failed", words=words)]
    path = Path(str(settings["model_path"]))
    try:
        head = read_head(path)
    except ConfigError as error:
        return [CheckLine(name="model", state="failed", words=str(error))]
    lines = [_about(path, head)]
    try:
        usable = bool(llama_library().llama_supports_gpu_offload())
        model = Model(path, n_gpu_layers=numbers["n_gpu_layers"] if usable else 0)
    except ConfigError as error:
        return [*lines, CheckLine(name="layers", state="failed", words=str(error))]
    try:
        lines.append(_layers(model, head, missed=numbers["n_gpu_layers"] != 0 and not usable))
        room = head.number("context_length") or 2048  # a model may know no position beyond
        speed = measure(
            model,
            prompt=min(numbers["prompt_tokens"], room // 2),
            answer=min(numbers["answer_tokens"], room // 8),
            places=max(2, numbers["batch"]),
            threads=usable_threads(numbers["threads"]),
        )
        words = (
            f"reads {speed.prompt:,.0f} tokens/s, writes {speed.answer:,.1f} tokens/s in one answer and "
            f"{speed.together:,.1f} in {speed.places} at once"
        )
        values = {
            "prompt_tokens_per_second": round(speed.prompt, 2),
            "answer_tokens_per_second": round(speed.answer, 2),
            "together_tokens_per_second": round(speed.together, 2),
            "together": speed.places,
        }
        lines.append(CheckLine(name="speed", state="ok", words=words, values=values))
    except (ConfigError, ProviderError) as error:
        lines.append(CheckLine(name="speed", state="failed", words=str(error)))
    finally:
        model.close()
    return lines


def _about(path: Path, head: GgufHead) -> CheckLine:
    layers, context = head.number("block_count"), head.number("context_length")
    template = head.chat_template is not None
    words = (
        f"{path.name}: {head.architecture}, {layers} layers, trained on {context} tokens, {head.bytes / 2**30:.2f} "
        f"GiB, {'with' if template else 'without'} a chat template"
    )
    values: dict[str, str | int | float | bool | None] = {
        "architecture": head.architecture,
        "layers": layers,
        "context": context,
        "bytes": head.bytes,
        "chat_template": template,
    }
    return CheckLine(name="model", state="ok", words=words, values=values)


def _layers(model: Model, head: GgufHead, *, missed: bool) -> CheckLine:
    there, total = model.offloaded or (0, head.number("block_count") + 1)
    values = {"on_device": there, "layers": total}
    words = f"{there} of {total} layers are on a device"
    if missed:
        return CheckLine(name="layers", state="warning", words=f"{words}: {NO_DEVICE}", values=values)
    return CheckLine(name="layers", state="ok", words=words, values=values)
