"""Pipelines for Python users: ``radnlp.load``, ``radnlp.add_pipes``, ``radnlp.extract``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from spacy.language import Language

from radnlp.pipeline import factories  # noqa: F401  registers the factories where entry points are not installed
from radnlp.pipeline.assembly import Assembly
from radnlp.pipeline.settings import STAGES
from radnlp.pipes import StagePipe, attach, blank_pipeline
from radnlp.records import Extraction, ExtractionLine, PipelineSpec, Report, Settings
from radnlp.records.wire import from_json, to_line

#: Reports that a stage sees at once: enough for a model, few enough that results of a slow one come out steadily.
_BATCH = 32
_NO_SETTINGS: Mapping[str, Settings] = {}


def load(
    schema: str | Path,
    *,
    terms: Iterable[str | Path] = (),
    keys: str = "rules",
    relations: str = "rules",
    sentence_classes: str | None = None,
    settings: Mapping[str, Settings] = _NO_SETTINGS,
) -> Language:
    """A spaCy pipeline that reads reports.

    Args:
        schema: Name of a schema, or the path of a schema folder (a string needs a separator in it: ``./mine``).
        terms: Lexicon files laid on top of the schema's own.
        keys: Provider of entity key classification.
        relations: Provider of relationship mapping.
        sentence_classes: Provider of sentence classes; None for the schema's own. Only for schemas that have classes.
        settings: Stage -> setting -> value, e.g. ``{"relations": {"model_path": "model.gguf"}}``.

    Returns:
        A ``Language`` with our tokenizer and the component ``radnlp``; ``nlp(text)._.rad`` is the extraction.

    Raises:
        RadnlpError: An unknown name, a setting that cannot be, a broken schema file.

    >>> nlp = load("chest_ct")
    >>> doc = nlp("Consolidation in the left lower lobe.")
    >>> doc._.rad.findings[0].values["located_in"]
    ('lll',)
    """
    return build(_spec(schema, terms, keys, relations, sentence_classes, settings))


def add_pipes(
    nlp: Language,
    schema: str | Path,
    *,
    terms: Iterable[str | Path] = (),
    keys: str = "rules",
    relations: str = "rules",
    sentence_classes: str | None = None,
    settings: Mapping[str, Settings] = _NO_SETTINGS,
) -> Language:
    """Add the stages one by one to a pipeline of your own, where you may put others between them.

    Arguments as for :func:`load`. For all stages in one component: ``nlp.add_pipe("radnlp", config={"schema": ...})``.

    Returns:
        The same ``nlp``.
    """
    spec = _spec(schema, terms, keys, relations, sentence_classes, settings)
    common = {"schema": spec.schema, "terms": list(spec.terms)}
    providers = {"sentence_classes": spec.sentence_classes, "keys": spec.keys, "relations": spec.relations}
    with_classes = bool(Assembly.of(spec.schema, spec.terms).schema.sentence_classes)
    for stage in STAGES:
        if stage == "sentence_classes" and not with_classes:
            continue
        config: dict[str, object] = dict(common)
        if stage in ("mentions", "status") or stage in providers:
            config["settings"] = dict(spec.settings.get(stage, {}))
        if stage in providers:
            config["provider"] = providers[stage]
        nlp.add_pipe(f"radnlp_{stage}", config=config)
    return nlp


def extract(
    text: str | Report,
    *,
    schema: str | Path,
    terms: Iterable[str | Path] = (),
    keys: str = "rules",
    relations: str = "rules",
    sentence_classes: str | None = None,
    settings: Mapping[str, Settings] = _NO_SETTINGS,
) -> Extraction:
    """What one report says, without touching spaCy yourself.

    The pipeline is built once per process and set of arguments; after changing a schema file, use :func:`load`. For
    many reports, ``load(...)`` and ``nlp.pipe(texts)`` are faster.

    >>> extract("Effusion has resolved.", schema="chest_ct").findings[0].status
    'absent'
    """
    spec = _spec(schema, terms, keys, relations, sentence_classes, settings)
    report = Report(id="", text=text) if isinstance(text, str) else text
    (extraction,) = stream(_cached(json.dumps(asdict(spec))), [report])
    return extraction


def build(spec: PipelineSpec) -> Language:
    """The pipeline of a spec."""
    nlp = blank_pipeline()
    config = {**asdict(spec), "terms": list(spec.terms)}
    nlp.add_pipe("radnlp", config=config)
    return nlp


def stream(nlp: Language, reports: Iterable[Report]) -> Iterator[Extraction]:
    """Run reports through a pipeline that :func:`build` or :func:`load` made: one extraction each, in order, lazily."""
    for found in lines(nlp, reports):
        yield from_json(found.line)


def lines(nlp: Language, reports: Iterable[Report]) -> Iterator[ExtractionLine]:
    """The extractions of :func:`stream` as lines of JSON, for whoever sends them on.

    Docs are made only where another component of the pipeline is there to see them.
    """
    return map(to_line, _extractions(nlp, reports))


def _extractions(nlp: Language, reports: Iterable[Report]) -> Iterator[Extraction]:
    first, *others = (component for _, component in nlp.pipeline)
    if isinstance(first, StagePipe) and not (others or first.reads_docs):
        return first.read(reports, _BATCH)
    docs = (attach(nlp.make_doc(report.text), report) for report in reports)
    return (doc._.rad for doc in nlp.pipe(docs, batch_size=_BATCH))


@lru_cache(maxsize=8)
def _cached(spec: str) -> Language:
    data = json.loads(spec)
    return build(PipelineSpec(**{**data, "terms": tuple(data["terms"])}))


def _spec(
    schema: str | Path,
    terms: Iterable[str | Path],
    keys: str,
    relations: str,
    sentence_classes: str | None,
    settings: Mapping[str, Settings],
) -> PipelineSpec:
    """Paths become absolute, so that a saved pipeline finds its files from anywhere."""
    is_path = isinstance(schema, Path) or "/" in schema or "\\" in schema
    return PipelineSpec(
        schema=str(Path(schema).resolve()) if is_path else str(schema),
        terms=tuple(str(Path(path).resolve()) for path in terms),
        keys=keys,
        relations=relations,
        sentence_classes=sentence_classes,
        settings={stage: dict(values) for stage, values in settings.items()},
    )
