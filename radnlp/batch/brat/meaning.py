"""What the annotations of one report say, in the words of a schema."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from radnlp.batch.brat.configuration import BINARY, EXCLUDED, STATUS, reasons
from radnlp.batch.brat.standoff import Attribute, Bound, Fault, Link, Standoff, words_of
from radnlp.errors import did_you_mean
from radnlp.records import (
    STATUS_ORDER,
    EvidenceSpan,
    Finding,
    IssueLevel,
    Mention,
    Relation,
    Schema,
    Sentence,
    Status,
)
from radnlp.schema import Labels
from radnlp.text import strongest

#: Name of the source in findings and relations.
SOURCE = "brat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one .ann file says."""

    findings: tuple[Finding, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    faults: tuple[Fault, ...]


class _Note(Protocol):
    def __call__(self, line: int, message: str, level: IssueLevel = "warning") -> None: ...


class StandoffReader:
    """Turns annotations into mentions, relations and findings.

    A key's annotation has the status of its attribute ``Status``, else of a binary one (``Negation``,
    ``Speculation``), else it is present. A finding has the status of its strongest mention that counts, and the values
    of the relations of the mentions that can give it some (guide: status of a key).

    Args:
        schema: Whose keys, values and relations the annotations must use.
        labels: What each annotation type names.
    """

    def __init__(self, schema: Schema, labels: Labels) -> None:
        self._schema = schema
        self._labels = labels
        self._types = {row.id: row.type for row in schema.keys} | {row.id: row.type for row in schema.values}
        self._keys = frozenset(key.id for key in schema.keys)
        self._relations = {relation.id: relation for relation in schema.relations}
        self._reasons = reasons(schema)

    def read(self, standoff: Standoff, text: str, sentences: Sequence[Sentence], *, file: str) -> Meaning:
        """What the annotations of a text say; what cannot be said in the schema is a fault.

        Args:
            standoff: Offsets in code points of ``text``.
            text: The report.
            sentences: Its sentences.
            file: For the faults.
        """
        faults = list(standoff.faults)

        def note(line: int, message: str, level: IssueLevel = "warning") -> None:
            faults.append(Fault(level=level, file=file, line=line, message=message))

        bounds = {bound.id: bound for bound in standoff.bounds if _fits(bound, text, note)}
        said: dict[str, list[Attribute]] = {}
        for attribute in standoff.attributes:
            if attribute.target in bounds:
                said.setdefault(attribute.target, []).append(attribute)
            else:
                note(attribute.line, "an attribute of something that is no annotation of words here; it was left out")
        mentions: dict[str, list[Mention]] = {}
        starts = [sentence.start for sentence in sentences]
        for bound in bounds.values():
            entities = self._labels.entities(bound.label)
            if entities is None:
                note(bound.line, f"{self._labels.unknown(bound.label)} It was left out.")
                continue
            status, excluded = self._status(said.get(bound.id, ()), note)
            row = max(bisect_right(starts, bound.start) - 1, 0)
            for entity in entities:
                is_key = entity in self._keys
                if not is_key and bound.id in said:
                    note(said[bound.id][0].line, f"{entity!r} is a value, and values have no attributes")
                mention = Mention(
                    entity=entity,
                    type=self._types[entity],
                    status=status if is_key else None,
                    start=bound.start,
                    end=bound.end,
                    sentence=row,
                    section=sentences[row].section if sentences else None,
                    excluded=excluded if is_key else None,
                )
                mentions.setdefault(bound.id, []).append(mention)
        every = sorted((m for same in mentions.values() for m in same), key=lambda m: (m.start, m.end))
        statuses = {
            key.id: strongest(m.status for m in every if m.entity == key.id and m.status and not m.excluded)
            for key in self._schema.keys
        }
        relations = [
            relation
            for link in standoff.links
            for relation in self._related(link, bounds, mentions, statuses, text, note)
        ]
        return Meaning(
            findings=tuple(self._findings(statuses, every, relations, text)),
            mentions=tuple(every),
            relations=tuple(relations),
            faults=tuple(sorted(faults, key=lambda fault: fault.line)),
        )

    def _status(self, attributes: Iterable[Attribute], note: _Note) -> tuple[Status, str | None]:
        own: list[Status] = []
        excluded: str | None = None
        binary: list[Status] = []
        for attribute in attributes:
            name = attribute.name.lower()
            if name == STATUS.lower() and attribute.value in STATUS_ORDER:
                own += [known for known in STATUS_ORDER if known == attribute.value]
            elif name == EXCLUDED.lower() and attribute.value in self._reasons:
                excluded = attribute.value
            elif name in BINARY and attribute.value is None:
                binary += [known for known in STATUS_ORDER if known == BINARY[name]]
            else:
                shown = f"{attribute.name} {attribute.value}" if attribute.value else attribute.name
                allowed = f"{STATUS} {'|'.join(STATUS_ORDER)}, {EXCLUDED} {'|'.join(self._reasons)}"
                note(attribute.line, f"unknown attribute {shown!r}; known are {allowed}, Negation and Speculation")
        # Denial wins over doubt, as it does among cues.
        binary.sort(key=STATUS_ORDER.index, reverse=True)
        return [*own, *binary, STATUS_ORDER[0]][0], excluded

    def _related(
        self,
        link: Link,
        bounds: Mapping[str, Bound],
        mentions: Mapping[str, list[Mention]],
        statuses: Mapping[str, Status | None],
        text: str,
        note: _Note,
    ) -> list[Relation]:
        relation = self._relations.get(link.label)
        if relation is None:
            note(link.line, f"unknown relation {link.label!r}{did_you_mean(link.label, self._relations)}")
            return []
        licensed = self._schema.values_of(relation)
        pairs = [
            (key, value.entity)
            for key in mentions.get(link.first, ())
            for value in mentions.get(link.second, ())
            if key.entity in relation.keys and value.entity in licensed
        ]
        if not pairs:
            note(link.line, f"{link.label!r} goes from one of its keys (Arg1) to one of its values (Arg2), not so here")
        counted = [(key, value) for key, value in pairs if _gives_values(key, statuses[key.entity])]
        if len(counted) < len(pairs):
            note(link.line, f"{link.label!r} of a mention that gives no values (absent, past or excluded); left out")
        return [
            Relation(
                key=key.entity,
                type=relation.id,
                value=value,
                key_evidence=(_evidence(text, key.start, key.end),),
                value_evidence=tuple(_evidence(text, a, b) for a, b in _joined(bounds[link.second], text)),
                source=SOURCE,
            )
            for key, value in counted
        ]

    def _findings(
        self,
        statuses: Mapping[str, Status | None],
        mentions: Sequence[Mention],
        relations: Sequence[Relation],
        text: str,
    ) -> Iterable[Finding]:
        for key, status in statuses.items():
            if status is None:
                continue
            values = {}
            for relation in self._schema.relation_types_of(key):
                found = {row.value for row in relations if (row.key, row.type) == (key, relation.id)}
                if found:
                    values[relation.id] = tuple(value.id for value in self._schema.values if value.id in found)
            evidence = tuple(
                _evidence(text, m.start, m.end)
                for m in mentions
                if (m.entity, m.status) == (key, status) and m.excluded is None
            )
            yield Finding(key=key, status=status, values=values, evidence=evidence, sources=(SOURCE,))


def _gives_values(mention: Mention, status: Status | None) -> bool:
    """The past gives no value to a key that is there now, and what is absent or does not count gives none at all."""
    allowed = ("historical",) if status == "historical" else ("present", "uncertain")
    return mention.excluded is None and mention.status in allowed


def _fits(bound: Bound, text: str, note: _Note) -> bool:
    """Whether the words of an annotation stand where it says; notes it when not, or when it has gaps."""
    if bound.end > len(text) or any(start >= end for start, end in bound.fragments):
        note(bound.line, f"[{bound.start}, {bound.end}) is outside the text of {len(text)} code points", "error")
        return False
    if words_of(text, bound.fragments) != " ".join(bound.text.split()):
        note(
            bound.line,
            f"other words stand at [{bound.start}, {bound.end}) than the annotation has; offsets count code points of "
            "the .txt as it was annotated",
            "error",
        )
        return False
    if len(_joined(bound, text)) > 1:
        note(bound.line, "fragments with words between them; the mention covers these words too")
    return True


def _joined(bound: Bound, text: str) -> list[tuple[int, int]]:
    """The fragments, in one where only white space (a line break) parts them."""
    joined = [bound.fragments[0]]
    for start, end in bound.fragments[1:]:
        if text[joined[-1][1] : start].strip():
            joined.append((start, end))
        else:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
    return joined


def _evidence(text: str, start: int, end: int) -> EvidenceSpan:
    return EvidenceSpan(start=start, end=end, text=text[start:end])
