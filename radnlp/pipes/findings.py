"""radnlp_findings: what the stages found, joined into one extraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from radnlp.pipes.draft import Draft
from radnlp.records import (
    EvidenceSpan,
    Extraction,
    Finding,
    KeyPrediction,
    MappingResult,
    Measurement,
    Mention,
    Provenance,
    Relation,
    Schema,
    Status,
)
from radnlp.text import MeasurementFinder


class FindingStage:
    """Joins keys and relations into findings; the one place where disagreement is resolved.

    A key that the mapper denies is absent, whatever the classifier said; both stay visible. An absent finding has no
    values and no measurements. Its score is that of the classifier; where the mapper says how sure it is of what it
    says of the key, the lower of the two, which is the most that both together can be right.

    Args:
        schema: Its order is that of the findings' values.
        digest: Of schema and lexicon.
        version: Of radnlp.
        measurements: Finds sizes; None leaves them out.
    """

    name, needs = "findings", "mapping"

    def __init__(
        self, schema: Schema, *, digest: str, version: str, measurements: MeasurementFinder | None = None
    ) -> None:
        self._schema = schema
        self._origin = {"id": schema.id, "version": schema.version, "digest": digest}
        self._version = version
        self._measurements = measurements
        self._value_order = {value.id: number for number, value in enumerate(schema.values)}
        self._relation_order = {relation.id: number for number, relation in enumerate(schema.relations)}

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill ``extraction``."""
        for draft in drafts:
            mapping = draft.mapping or MappingResult()
            report = draft.report
            sizes = self._sizes(draft)
            named = _by_key(draft)
            values = self._values(mapping.relations)
            draft.extraction = Extraction(
                report_id=report.id,
                patient_id=report.patient_id,
                study_date=report.study_date,
                meta=report.meta,
                schema=self._schema.id,
                schema_version=self._schema.version,
                findings=tuple(
                    self._finding(draft, mapping, prediction, values, sizes, named.get(prediction.key, ()))
                    for prediction in draft.keys or ()
                ),
                mentions=draft.mentions or (),
                relations=tuple(sorted(mapping.relations, key=self._text_order)),
                routes=mapping.routes,
                steps=draft.steps,
                sentences=draft.labelled or draft.sentences or (),
                sections=draft.sections or (),
                issues=(*report.issues, *draft.issues),
                provenance=Provenance(
                    radnlp=self._version,
                    schema=self._origin,
                    providers=draft.providers,
                    counts={
                        "unanchored_relations": sum(not r.key_evidence for r in mapping.relations),
                        **draft.counts,
                    },
                    seconds=draft.seconds,
                ),
            )

    def _sizes(self, draft: Draft) -> Mapping[str, tuple[Measurement, ...]]:
        if self._measurements is None:
            return {}
        return self._measurements.find(draft.report.text, draft.sentences or (), draft.mentions or ())

    def _finding(
        self,
        draft: Draft,
        mapping: MappingResult,
        prediction: KeyPrediction,
        values: Mapping[str, Mapping[str, tuple[str, ...]]],
        sizes: Mapping[str, tuple[Measurement, ...]],
        mentions: Sequence[Mention],
    ) -> Finding:
        status: Status = "absent" if prediction.key in mapping.denied else prediction.status
        return Finding(
            key=prediction.key,
            status=status,
            score=_score(prediction, mapping),
            values={} if status == "absent" else values.get(prediction.key, {}),
            measurements=() if status == "absent" else sizes.get(prediction.key, ()),
            evidence=_evidence(draft.report.text, mentions, status) or prediction.evidence,
            sources=prediction.sources or (draft.providers["keys"]["name"],),
        )

    def _values(self, relations: Sequence[Relation]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Key -> relation type -> value ids; all in schema order."""
        found: dict[tuple[int, str, str], set[str]] = {}
        for relation in relations:
            place = (self._relation_order[relation.type], relation.type, relation.key)
            found.setdefault(place, set()).add(relation.value)
        by_key: dict[str, dict[str, tuple[str, ...]]] = {}
        for (_, kind, key), values in sorted(found.items()):
            by_key.setdefault(key, {})[kind] = tuple(sorted(values, key=self._value_order.__getitem__))
        return by_key

    def _text_order(self, relation: Relation) -> tuple[int, int, int, int]:
        """By place in the text; what has none comes last, in schema order."""
        beyond = 1 << 60
        return (
            relation.key_evidence[0].start if relation.key_evidence else beyond,
            relation.value_evidence[0].start if relation.value_evidence else beyond,
            self._relation_order[relation.type],
            self._value_order[relation.value],
        )


def _by_key(draft: Draft) -> Mapping[str, Sequence[Mention]]:
    """The mentions that count, by entity."""
    named: dict[str, list[Mention]] = {}
    for mention in draft.mentions or ():
        if mention.excluded is None:
            named.setdefault(mention.entity, []).append(mention)
    return named


def _score(prediction: KeyPrediction, mapping: MappingResult) -> float | None:
    told = [route.confidence for route in mapping.routes if route.key == prediction.key]
    return min([score for score in (prediction.score, *told) if score is not None], default=None)


def _evidence(text: str, mentions: Sequence[Mention], status: Status) -> tuple[EvidenceSpan, ...]:
    """The mentions that have a finding's status; where there are none, the classifier's evidence counts."""
    return tuple(
        EvidenceSpan(start=m.start, end=m.end, text=text[m.start : m.end]) for m in mentions if m.status == status
    )
