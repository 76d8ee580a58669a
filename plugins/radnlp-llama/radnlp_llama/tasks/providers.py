"""What the hooks build: providers for a schema, from settings."""

from __future__ import annotations

from radnlp.api import (
    ConfigError,
    Lexicon,
    RelationMapper,
    Schema,
    Settings,
    TextGenerator,
    default_catalogue,
)
from radnlp_llama.answers import form
from radnlp_llama.prompts import Prompt, find_prompt
from radnlp_llama.tasks.generators import described, open_generator
from radnlp_llama.tasks.mapper import STAGE, LlamaMapper
from radnlp_llama.tasks.questions import Round, relation_rounds, sentence_slots, side_rounds, step_rounds
from radnlp_llama.tasks.sentences import STAGE as SENTENCE_STAGE
from radnlp_llama.tasks.sentences import LlamaSentenceClassifier

#: Setting -> what it may be.
_CHOICES = {"fallback": ("none", "rules"), "unanchored": ("keep", "drop")}
#: A sentence's number in the form is text; so many of them are put into tokens before the first report.
_SENTENCES = 3


def relation_mapper(
    schema: Schema, lexicon: Lexicon, settings: Settings, *, generator: TextGenerator | None = None
) -> LlamaMapper:
    """The provider ``llama`` of the stage ``relations``.

    Args:
        schema: Keys, relations and values.
        lexicon: Its words.
        settings: All of them, as the plugin lists them.
        generator: Takes the place of the model that the settings name.

    Raises:
        ConfigError: A model or setting that cannot be used, no prompt for the schema, or a form that the model's
            vocabulary cannot write.
    """
    for name, allowed in _CHOICES.items():
        if settings[name] not in allowed:
            raise ConfigError(f"{STAGE}.{name}={settings[name]!r}; allowed are {' and '.join(allowed)}")
    prompt = find_prompt(settings["prompt"], schema=schema.id, sentences=False, setting=f"{STAGE}.prompt")
    rounds = rounds_of(prompt, schema, reasoning=bool(settings["reasoning"]))
    forms = [form(tuple(asked.slots.values())) for asked in rounds]
    writer = generator or open_generator(settings, stage=STAGE, forms=forms)
    return LlamaMapper(
        schema,
        lexicon,
        writer,
        prompt=prompt,
        rounds=rounds,
        fallback=_rules(schema, lexicon) if settings["fallback"] == "rules" else None,
        keep_unanchored=settings["unanchored"] == "keep",
        about=described(writer),
    )


def sentence_classifier(
    schema: Schema, lexicon: Lexicon, settings: Settings, *, generator: TextGenerator | None = None
) -> LlamaSentenceClassifier:
    """The provider ``llama`` of the stage ``sentence_classes``; arguments and errors as :func:`relation_mapper`."""
    prompt = find_prompt(settings["prompt"], schema=schema.id, sentences=True, setting=f"{SENTENCE_STAGE}.prompt")
    forms = [form(sentence_slots(schema, _SENTENCES))]
    writer = generator or open_generator(settings, stage=SENTENCE_STAGE, forms=forms)
    return LlamaSentenceClassifier(schema, lexicon, writer, prompt=prompt, about=described(writer))


def rounds_of(prompt: Prompt, schema: Schema, *, reasoning: bool) -> tuple[Round, ...]:
    """The questions of a prompt's task.

    Raises:
        ConfigError: A schema that the task is not for, or reasoning for a task without it.
    """
    if prompt.task == "sides":
        return side_rounds(schema, reasoning=reasoning)
    if reasoning:
        raise ConfigError(
            f"{STAGE}.reasoning=true: the prompt {prompt.id!r} is of the task {prompt.task!r}; only those of the task "
            "'sides' reason before a label, e.g. chest_xray"
        )
    return step_rounds(schema) if prompt.task == "steps" else relation_rounds(schema)


def _rules(schema: Schema, lexicon: Lexicon) -> RelationMapper:
    offer = default_catalogue().relation_mapper("rules").item
    return offer.factory(schema, lexicon, offer.settings)
