"""A prompt in words: the constant prefix made from template and schema, and what a report adds to it.

The names in the lists, in the examples and in the form all come from the same slots, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from radnlp.api import ConfigError, Schema
from radnlp_llama.answers import Row, Slot, written
from radnlp_llama.prompts.template import Example, ExampleAnswer, Prompt

#: Slots of a round (its number from 0) by the names that are asked about.
SlotsOf = Callable[[int, Sequence[str]], tuple[Slot, ...]]

_OPENING, _CLOSING = "<report>\n", "\n</report>\n"


def prefix(prompt: Prompt, schema: Schema, slots_of: SlotsOf) -> str:
    """What every question of a prompt begins with: instruction, closed lists, worked examples.

    Raises:
        ConfigError: An example that says something the schema or the form does not know.
    """
    blocks = [prompt.instruction, *_lists(prompt, schema)]
    for number, example in enumerate(prompt.examples, start=1):
        blocks.append(f"Example {number}\n{_worked(prompt, example, slots_of)}")
    return "\n\n".join(blocks) + "\n\nNow the report.\n" + _OPENING


def report_lines(sentences: Sequence[str]) -> str:
    r"""Sentences numbered from 1, a line each; line breaks inside of them become blanks.

    >>> report_lines(["CT of the chest.", "No nodule."])
    '[1] CT of the chest.\n[2] No nodule.'
    """
    return "\n".join(f"[{number}] {' '.join(text.split())}" for number, text in enumerate(sentences, start=1))


def rest(report: str, asked: Sequence[str], answered: Sequence[str] = ()) -> str:
    """What a report adds to the prefix: its text and the questions, those already answered with their answers.

    Args:
        report: The text, or the numbered sentences.
        asked: One line of a question for each round so far.
        answered: The answers to all of them but the last.
    """
    pairs = [f"{question}\nAnswer:\n{answer}" for question, answer in zip(asked, answered, strict=False)]
    return report + _CLOSING + "\n".join([*pairs, f"{asked[-1]}\nAnswer:\n"])


def question(prompt: Prompt, number: int, slots: Sequence[Slot]) -> str:
    """The line that asks: what the round is called, and what is asked about."""
    if prompt.task == "sentences":
        return f"{prompt.questions[number]}: 1 to {len(slots)}"
    return f"{prompt.questions[number]}: {', '.join(slot.key for slot in slots)}"


def _worked(prompt: Prompt, example: Example, slots_of: SlotsOf) -> str:
    asked, answers = [], []
    for number, answer in enumerate(example.answers):
        slots = slots_of(number, list(answer))
        answers.append(written(slots, rows_of(answer, slots, prompt.id)))
        asked.append(question(prompt, number, slots))
    report = report_lines(example.sentences) if example.sentences else example.report
    return _OPENING + rest(report, asked, answers[:-1]) + answers[-1]


def rows_of(answer: ExampleAnswer, slots: Sequence[Slot], place: str) -> dict[str, Row]:
    """The rows that an example's answer tells, each option checked.

    Raises:
        ConfigError: A name or an option that the form does not have, or one that is missing.
    """
    unknown = set(answer) - {slot.key for slot in slots}
    if unknown:
        raise ConfigError(f"prompt {place}: an example answers {', '.join(sorted(unknown))}, which is not asked")
    rows: dict[str, Row] = {}
    for slot in slots:
        given = answer[slot.key]
        if not isinstance(given, Mapping):
            given = {slot.fields[-1].name: given}
        row: dict[str, tuple[str, ...]] = {}
        for field in slot.fields:
            if field.name not in given:
                raise ConfigError(f"prompt {place}: an example says nothing of {slot.choice(field)}")
            value = given[field.name]
            row[field.name] = tuple(value) if isinstance(value, list) else (str(value),)
            wrong = [] if field.kind == "free" else [name for name in row[field.name] if name not in field.options]
            if wrong:
                raise ConfigError(
                    f"prompt {place}: an example answers {slot.choice(field)} with {', '.join(wrong)}; allowed are "
                    f"{', '.join(field.options)}"
                )
        rows[slot.key] = row
    return rows


def _lists(prompt: Prompt, schema: Schema) -> Iterator[str]:
    """The closed lists that an answer is made of, with what the schema says of each."""
    if prompt.task == "sentences":
        yield _listed("Classes", {row.id: row.description or row.label for row in schema.sentence_classes})
        return
    yield _listed("Keys", {key.id: key.description or key.label for key in schema.keys})
    shown: set[str] = set()
    for relation in schema.relations:
        values = [schema.value(value) for value in schema.values_of(relation)]
        heading = f"Values of {relation.id}"
        if shown.issuperset(value.id for value in values):
            yield f"{heading}: {', '.join(value.id for value in values)}"
        else:
            yield _listed(heading, {value.id: _meaning(value.label, value.description) for value in values})
        shown.update(value.id for value in values)
    if prompt.options:
        yield _listed("Other labels", prompt.options)


def _meaning(label: str, description: str) -> str:
    return f"{label}. {description}" if description else label


def _listed(heading: str, rows: Mapping[str, str]) -> str:
    return "\n".join([f"{heading}:", *(f"- {name}: {meaning}" for name, meaning in rows.items())])
