"""A prompt as data: instruction and worked examples in a TOML file with an id and a version."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from radnlp.api import ConfigError

TASKS = ("relations", "sides", "steps", "sentences")
#: Slot -> what the example answers: an option, options, or field -> either.
ExampleAnswer = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked example; its report is invented.

    Attributes:
        report: The text; empty where sentences are given.
        sentences: The sentences, for the task that asks for their classes.
        answers: One for each round of questions.
    """

    report: str = ""
    sentences: tuple[str, ...] = ()
    answers: tuple[ExampleAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model is told before it sees a report.

    Attributes:
        id: Name of the prompt; a shipped one is asked for by it.
        version: Semantic version of the words.
        schema: The schema it is written for.
        task: ``relations``, ``sides``, ``steps`` or ``sentences``.
        instruction: What to do.
        questions: What each round of questions is called.
        options: Options that are no values of the schema, with what they mean.
    """

    id: str
    version: str
    schema: str
    task: str
    instruction: str
    questions: tuple[str, ...]
    options: Mapping[str, str]
    examples: tuple[Example, ...]

    @property
    def name(self) -> str:
        """For the provenance."""
        return f"{self.id} {self.version}"


def shipped_prompts() -> dict[str, Prompt]:
    """The prompts of this package, by id."""
    found = (entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml"))
    prompts = [_prompt(tomllib.loads(entry.read_text("utf-8")), entry.name) for entry in found]
    return {prompt.id: prompt for prompt in sorted(prompts, key=lambda prompt: prompt.id)}


def find_prompt(wanted: object, *, schema: str, sentences: bool, setting: str) -> Prompt:
    """The prompt of a setting.

    Args:
        wanted: A shipped prompt by id, the path of a TOML file, or None for the shipped one of the schema.
        schema: Id of the schema.
        sentences: Whether one for sentence classes is needed, or one for relations.
        setting: Name of the setting, for messages.

    Raises:
        ConfigError: No such prompt, a broken file, or a prompt for another task.
    """
    shipped = shipped_prompts()
    fitting = [prompt for prompt in shipped.values() if (prompt.task == "sentences") == sentences]
    if wanted is None:
        for prompt in fitting:
            if prompt.schema == schema:
                return prompt
        raise ConfigError(
            f"there is no prompt for the schema {schema!r}; write one ({setting}=FILE.toml, see the README of "
            f"radnlp-llama) or take a shipped one: {', '.join(prompt.id for prompt in fitting)}"
        )
    name = str(wanted)
    if name in shipped:
        found = shipped[name]
    elif name.endswith(".toml"):
        found = _from_file(Path(name), setting)
    else:
        raise ConfigError(
            f"{setting}={name!r}: no shipped prompt and no TOML file; shipped are "
            f"{', '.join(prompt.id for prompt in fitting)}"
        )
    if (found.task == "sentences") != sentences:
        raise ConfigError(
            f"{setting}={name!r}: a prompt for {found.task}; here one for "
            f"{'sentences' if sentences else 'relations, sides or steps'} is needed"
        )
    return found


def _from_file(path: Path, setting: str) -> Prompt:
    try:
        return _prompt(tomllib.loads(path.read_text("utf-8")), str(path))
    except OSError as error:
        raise ConfigError(f"{setting}={path}: cannot be read ({error.strerror})") from None
    except ValueError as error:  # tomllib's and the decoder's
        raise ConfigError(f"{path}: no TOML in UTF-8 ({error})") from None


def _prompt(data: Mapping[str, Any], place: str) -> Prompt:
    wanted = {"id": str, "version": str, "schema": str, "task": str, "instruction": str, "questions": list}
    for name, kind in wanted.items():
        if not isinstance(data.get(name), kind):
            raise ConfigError(f"{place}: {name!r} must be there and be a {'list' if kind is list else 'text'}")
    unknown = set(data) - {*wanted, "options", "examples"}
    if unknown:
        raise ConfigError(f"{place}: unknown names {', '.join(sorted(unknown))}")
    if data["task"] not in TASKS:
        raise ConfigError(f"{place}: the task {data['task']!r}; allowed are {', '.join(TASKS)}")
    return Prompt(
        id=data["id"],
        version=data["version"],
        schema=data["schema"],
        task=data["task"],
        instruction=data["instruction"].strip(),
        questions=tuple(str(question) for question in data["questions"]),
        options=dict(data.get("options", {})),
        examples=tuple(_example(row, place) for row in data.get("examples", ())),
    )


def _example(row: Mapping[str, Any], place: str) -> Example:
    answers = row.get("answers")
    if not isinstance(answers, list) or not answers or not (row.get("report") or row.get("sentences")):
        raise ConfigError(f"{place}: an example needs 'report' or 'sentences', and 'answers'")
    return Example(
        report=str(row.get("report", "")).strip("\n"),
        sentences=tuple(row.get("sentences", ())),
        answers=tuple(answers),
    )
