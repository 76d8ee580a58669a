"""From settings to a generator: a model, what it has answered before, or a recorded run in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from radnlp.api import ConfigError, Described, Form, GenerationRequest, Settings, TextGenerator
from radnlp_llama.cache import CachedGenerator, RecordingGenerator, ReplayGenerator
from radnlp_llama.runtime.generator import LlamaGenerator, RuntimeOptions


def open_generator(settings: Settings, *, stage: str, forms: Sequence[Form] = ()) -> TextGenerator:
    """The model of the settings, with its cache and its recorder around it; or a recorded run in its place.

    Args:
        settings: ``model_path n_ctx n_gpu_layers threads batch prefix_path cache_path record_path replay_path``.
        stage: Name of the stage, for messages.
        forms: Put into tokens at once, so that one that the model cannot write stops the run before the first report.
            Without any the model is opened with the first question.

    Raises:
        ConfigError: No model, one that cannot be used, or a setting that cannot be.
    """
    record, replay = _path(settings, "record_path"), _path(settings, "replay_path")
    if replay is not None:
        if record is not None:
            raise ConfigError(f"{stage}.record_path and {stage}.replay_path exclude each other; give one of them")
        return ReplayGenerator(replay)
    model_path = _path(settings, "model_path")
    if model_path is None:
        raise ConfigError(
            f"llama needs a model: --set {stage}.model_path=FILE.gguf (any GGUF that writes text; nothing is fetched)"
        )
    options = RuntimeOptions(
        n_ctx=_whole(settings, "n_ctx"),
        n_gpu_layers=_whole(settings, "n_gpu_layers"),
        threads=_whole(settings, "threads"),
        batch=_whole(settings, "batch"),
        prefix_path=_path(settings, "prefix_path"),
    )
    model = LlamaGenerator(model_path, options=options)
    for form in forms:
        model.check_form(GenerationRequest(id="", prefix="", rest="", form=form))
    generator: TextGenerator = model
    cache = _path(settings, "cache_path")
    if cache is not None:
        generator = CachedGenerator(model, cache, identity=model.identity)
    return generator if record is None else RecordingGenerator(generator, record)


def described(generator: TextGenerator) -> Mapping[str, str]:
    """What the provenance says of a generator: the digest of its model."""
    return generator.about if isinstance(generator, Described) else {}


def _path(settings: Settings, name: str) -> Path | None:
    value = settings.get(name)
    return Path(str(value)) if value else None


def _whole(settings: Settings, name: str) -> int:
    """A setting that is a whole number."""
    value = settings[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise ConfigError(f"{name}={value!r}: this setting is a whole number")
    return value
