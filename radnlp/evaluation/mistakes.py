"""What is wrong in a report, key by key and sentence by sentence, each mistake with its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from radnlp.evaluation.metrics.positives import is_positive
from radnlp.evaluation.metrics.triples import Triple, of_key, triples
from radnlp.records import Extraction, Finding, Schema

#: Kind of mistake -> what it means.
KINDS = {
    "missed key": "gold says yes, the system does not",
    "invented key": "the system says yes, gold does not",
    "status": "another status, on the same side of yes and no",
    "missed value": "gold gives the key a value that the system does not",
    "invented value": "the system gives the key a value that gold does not",
    "evidence": "the system points to other words than gold",
    "sentence class": "another class of the sentence",
}
NOT_MENTIONED = "not mentioned"
NO_LABEL = "no label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that is wrong.

    Attributes:
        kind: One of :data:`KINDS`.
        key: The key, None for a sentence.
        sentence: Index of the sentence, None for a key.
        gold: What is true, in ids of the schema: a status, values, a sentence class.
        said: What the system says.
    """

    kind: str
    key: str | None = None
    sentence: int | None = None
    gold: str = ""
    said: str = ""


def mistakes(schema: Schema, gold: Extraction, predicted: Extraction, *, findings: bool = True) -> Iterator[Mistake]:
    """The mistakes in one report, keys in schema order, then sentences.

    A key that one side says yes to and the other does not is one mistake: its values, its status and its evidence are
    not told again. Findings that gold does not mention and the system denies are none.

    Args:
        schema: Of the gold.
        gold: What is true.
        predicted: What a system says.
        findings: False where gold labels sentences alone, so that a missing finding says nothing.
    """
    true = {finding.key: finding for finding in gold.findings}
    said = {finding.key: finding for finding in predicted.findings}
    of_gold, of_system = triples(schema, gold), triples(schema, predicted)
    for key in (row.id for row in schema.keys if findings):
        yield from _of_key(schema, key, true.get(key), said.get(key), of_key(key, of_gold), of_key(key, of_system))
    yield from _of_sentences(gold, predicted)


def _of_key(
    schema: Schema,
    key: str,
    gold: Finding | None,
    said: Finding | None,
    of_gold: frozenset[Triple],
    of_system: frozenset[Triple],
) -> Iterator[Mistake]:
    true, answered = _is_yes(schema, gold), _is_yes(schema, said)
    if true != answered:
        kind = "missed key" if true else "invented key"
        yield Mistake(kind=kind, key=key, gold=_status(gold), said=_status(said))
        return
    if gold is not None and _status(gold) != _status(said):
        yield Mistake(kind="status", key=key, gold=_status(gold), said=_status(said))
    if missed := of_gold - of_system:
        yield Mistake(kind="missed value", key=key, gold=_values(schema, missed))
    if invented := of_system - of_gold:
        yield Mistake(kind="invented value", key=key, said=_values(schema, invented))
    if gold is not None and said is not None and gold.evidence and not _overlap(gold, said):
        yield Mistake(kind="evidence", key=key, gold=_places(gold), said=_places(said))


def _of_sentences(gold: Extraction, predicted: Extraction) -> Iterator[Mistake]:
    labels = {sentence.index: sentence.label for sentence in predicted.sentences}
    for sentence in gold.sentences:
        answer = labels.get(sentence.index)
        if sentence.label is not None and sentence.label != answer:
            yield Mistake(kind="sentence class", sentence=sentence.index, gold=sentence.label, said=answer or NO_LABEL)


def _status(finding: Finding | None) -> str:
    return NOT_MENTIONED if finding is None else finding.status


def _is_yes(schema: Schema, finding: Finding | None) -> bool:
    return finding is not None and is_positive(schema, finding.key, finding.status)


def _values(schema: Schema, rows: Iterable[Triple]) -> str:
    given = {value for _, _, value in rows}
    return ", ".join(value.id for value in schema.values if value.id in given)


def _overlap(one: Finding, other: Finding) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)


def _places(finding: Finding) -> str:
    return ", ".join(f"{span.start}-{span.end}" for span in finding.evidence) or "nothing"
