"""What a causal model is asked about a report, and what its answer is read as."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from radnlp.api import AnswerError, Schema


def prompt(sentences: Sequence[str], schema: Schema) -> str:
    """The whole report, its sentences numbered from 1, and the classes by their numbers from 0.

    Line breaks inside a sentence become spaces: a line is a sentence.
    """
    classes = "\n".join(
        f"{number} {row.id}: {row.description or row.label}" for number, row in enumerate(schema.sentence_classes)
    )
    lines = "\n".join(f"[{number}] {' '.join(text.split())}" for number, text in enumerate(sentences, start=1))
    return (
        "Give every sentence of the radiology report the number of its class. Answer with one JSON object, "
        f'{{"sentence": class}}.\n\nClasses:\n{classes}\n\nReport:\n{lines}\n\nJSON:\n'
    )


def prompt_ids(tokenizer: Any, text: str) -> list[int]:
    """Token ids of a prompt, with what the tokenizer begins a text with, and open at its end."""
    ids = list(tokenizer(text)["input_ids"])
    while ids and ids[-1] == tokenizer.eos_token_id:
        ids.pop()
    return ids


def answer(labels: Sequence[int]) -> str:
    """The answer that is learned.

    >>> answer([0, 1])
    '{"1": 0, "2": 1}'
    """
    return json.dumps({str(number): label for number, label in enumerate(labels, start=1)})


def read_answer(text: str, *, sentences: int, classes: Sequence[str]) -> tuple[str | None, ...]:
    r"""The class of each sentence; None for a sentence that the answer leaves out or gives an unknown class.

    Words around the object, a code fence for example, are passed over; a class may be told by its number or its id.

    Args:
        text: What the model wrote.
        sentences: How many there are.
        classes: Class ids, in the order of their numbers.

    Raises:
        AnswerError: There is no JSON object in it, or none with a sentence in it: the report counts as not parsed, and
            all its sentences as wrong. The message does not hold the answer, which may repeat the report.

    >>> read_answer('```json\n{"1": 0, "2": "positive"}```', sentences=3, classes=("background", "positive"))
    ('background', 'positive', None)
    """
    start = text.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(text[start:]) if start >= 0 else (None, 0)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise AnswerError(f"the model's answer ({len(text)} characters) holds no JSON object; the report has no labels")
    labels = tuple(_label(found.get(str(number)), classes) for number in range(1, sentences + 1))
    if sentences and not any(labels):
        raise AnswerError("the model's answer labels none of the report's sentences with a class of the schema")
    return labels


def _label(value: object, classes: Sequence[str]) -> str | None:
    if isinstance(value, str) and value in classes:
        return value
    if isinstance(value, bool) or not isinstance(value, (int, str)) or not str(value).isdecimal():
        return None
    return classes[int(value)] if int(value) < len(classes) else None
