"""Predictions laid beside their gold, in the words of the gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from radnlp.errors import ReportError
from radnlp.evaluation.gold import GoldSet
from radnlp.records import STATUS_ORDER, Extraction, Finding, Schema

_SHOWN = 3


def pair_up(
    gold: GoldSet, predictions: Iterable[Extraction], *, source: str, lines: Sequence[int] | None = None
) -> list[tuple[Extraction, Extraction]]:
    """Gold and prediction of every report, in the order of the gold.

    The findings of a prediction are put into the words of the gold: keys merged, then statuses renamed, keys outside
    the scoring schema dropped, keys it says nothing of filled in. Its mentions and relations stay as they are.

    Args:
        gold: What is true.
        predictions: One for each report of the gold, in any order.
        source: Where they come from (a system's name or a file), for messages.
        lines: The line of each prediction in ``source``, where that is a file.

    Raises:
        ReportError: A prediction without gold, the reverse, two of one report, or a value of a scored key that the
            schema does not have. Names the ids, the source and, where known, the lines.
    """
    given = list(predictions)
    places = [f"{source}:{line}" for line in lines] if lines is not None else [source] * len(given)
    known = {labelled.report_id for labelled in gold.gold}
    found: dict[str, Extraction] = {}
    strangers = []
    for prediction, place in zip(given, places, strict=True):
        if prediction.report_id in found:
            raise ReportError(f"{place}: a second prediction for the report {prediction.report_id!r}; give one each")
        found[prediction.report_id] = prediction
        if prediction.report_id not in known:
            strangers.append((prediction.report_id, place))
    if strangers:
        raise ReportError(f"{strangers[0][1]}: {_named('prediction', [name for name, _ in strangers])} without gold")
    missing = [
        (labelled.report_id, place)
        for labelled, place in zip(gold.gold, gold.places, strict=True)
        if labelled.report_id not in found
    ]
    if missing:
        names = _named("gold report", [name for name, _ in missing])
        raise ReportError(f"{missing[0][1]}: {names} without a prediction from {source}")
    place_of = dict(zip((prediction.report_id for prediction in given), places, strict=True))
    return [
        (labelled, translated(found[labelled.report_id], gold, place=place_of[labelled.report_id]))
        for labelled in gold.gold
    ]


def translated(prediction: Extraction, gold: GoldSet, *, place: str) -> Extraction:
    """A prediction with its findings in the words of the gold, in the order of the scoring schema.

    Raises:
        ReportError: A value of a scored key that the scoring schema does not have.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in prediction.findings:
        groups.setdefault(gold.merge.get(finding.key, finding.key), []).append(finding)
    assumed = {finding.key: finding for finding in gold.otherwise}
    findings = []
    for key in gold.schema.keys:
        if key.id in groups:
            merged = _merged(key.id, groups[key.id], gold.schema, f"{place}: report {prediction.report_id!r}")
            findings.append(replace(merged, status=gold.statuses.get(merged.status, merged.status)))
        elif key.id in assumed:
            findings.append(assumed[key.id])
    return replace(prediction, findings=tuple(findings))


def _merged(key: str, findings: Sequence[Finding], schema: Schema, place: str) -> Finding:
    """Several findings as one: the strongest status, its evidence, and the values of all that count.

    As everywhere, nothing historical gives a value to what is present, and nothing absent has one.
    """
    status = min((finding.status for finding in findings), key=STATUS_ORDER.index)
    silent = ("absent", "historical") if status == "present" else ("absent",)
    counted = [finding for finding in findings if finding.status not in silent]
    strongest = [finding for finding in findings if finding.status == status]
    values = {}
    for relation in schema.relation_types_of(key):
        given = {value for finding in counted for value in finding.values.get(relation.id, ())}
        order = schema.values_of(relation)
        if strange := sorted(given - set(order)):
            raise ReportError(
                f"{place}: {key!r} has {relation.id} {strange}; the schema {schema.id!r} has no such value"
            )
        if given:
            values[relation.id] = tuple(value for value in order if value in given)
    spans = {(span.start, span.end): span for finding in strongest for span in finding.evidence}
    return Finding(
        key=key,
        status=status,
        score=max((finding.score for finding in strongest if finding.score is not None), default=None),
        values=values,
        evidence=tuple(spans[place] for place in sorted(spans)),
        sources=tuple(dict.fromkeys(source for finding in findings for source in finding.sources)),
    )


def _named(what: str, ids: Sequence[str]) -> str:
    """``2 predictions ('a', 'b')``, at most three of them by name."""
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return f"{len(ids)} {what}{'s' if len(ids) > 1 else ''} ({', '.join(map(repr, ids[:_SHOWN]))}{more})"
