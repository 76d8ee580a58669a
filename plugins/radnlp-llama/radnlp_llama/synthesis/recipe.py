"""What synthetic reports are made of, as plain records; ``recipe_file`` reads the TOML files that become these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

#: Attribute id -> value ids: what a value or an attribute does not go together with.
Excluded = Mapping[str, tuple[str, ...]]
LabelKind = Literal["sentence_classes", "key_statuses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One way an attribute may turn out.

    Attributes:
        text: As the model reads it, in the language of the reports.
        weight: How often it is drawn, relative to the attribute's other values; over 0.
        not_with: Values of earlier attributes beside which it is not drawn.
    """

    id: str
    text: str
    weight: float = 1.0
    not_with: Excluded = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Something that differs from report to report.

    Attributes:
        label: Its name as the model reads it.
        unless: Values of earlier attributes beside which it is left out altogether.
    """

    id: str
    label: str
    values: tuple[Value, ...]
    unless: Excluded = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A range of numbers of sentences; each number in it is equally likely."""

    id: str
    least: int
    most: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a report may measure. Ranges hold both their ends.

    Attributes:
        sentences: Number of sentences of a report.
        sentence_characters: Code points of a sentence.
        characters: Code points of a report.
        copied: Code points in a row shared with the request, from which a sentence is a copy of it.
        doubled: Share in (0, 1] of a report's sentences that one earlier report has as well, from which it is a double.
        sentence_tokens: Of one sentence under a form, at most.
        report_tokens: Of all sentences under a form, at most; bounds ``sentence_tokens`` for long reports.
    """

    sentences: tuple[int, int]
    sentence_characters: tuple[int, int]
    characters: tuple[int, int]
    copied: int
    doubled: float
    sentence_tokens: int
    report_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageMarks:
    """By what the language of a report is told.

    Attributes:
        scripts: The scripts it is written in; ``synthesis.language`` has those it knows.
        share: Of its letters that belong to them, in [0, 1], at least.
        words: Of which one must be found: small words that hardly a report does without.
    """

    scripts: tuple[str, ...]
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One prompt: ``prefix`` is the same for all reports, ``rest`` is this report's own. Both are string templates."""

    prefix: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides what is asked and what is believed.

    Attributes:
        version: Of attributes, prompts and limits together; another version is another data set.
        schema: Id of the schema whose labels are given.
        language: Of the reports, as a language tag.
        labels: What is labelled: each sentence's class, or each key's status.
        digest: SHA-256 of the file.
        splits: Name -> weight, in the order in which they are filled.
        ends: What a sentence may end with; empty for anything.
        split: Whether a line is cut behind each of ``ends``.
        blanks: What stands where a name or number was left out ("○○"); no report may hold one.
        classes: Class or status id -> what the model is told it means; empty for the schema's own words.
        never_first: Classes that a first sentence cannot have.
        unmentioned: What the model answers for a key that a report does not mention (statuses).
    """

    id: str
    version: str
    schema: str
    language: str
    labels: LabelKind
    source: str
    digest: str
    splits: Mapping[str, int]
    attributes: tuple[Attribute, ...]
    length_label: str
    lengths: tuple[Length, ...]
    limits: Limits
    marks: LanguageMarks
    ends: tuple[str, ...]
    split: bool
    blanks: tuple[str, ...]
    report: Question
    label: Question
    classes: Mapping[str, str] = field(default_factory=dict)
    never_first: tuple[str, ...] = ()
    unmentioned: str = "none"
