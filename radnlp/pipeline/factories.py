"""The factories behind ``nlp.add_pipe``, found by spaCy through entry points.

spaCy imports this module whenever any pipeline is made, so it loads no provider and no medspaCy until a component is
built; and it does without ``from __future__ import annotations``, which breaks ``add_pipe`` on spaCy 3.7.
"""

from typing import Any

from spacy.language import Language

from radnlp.pipeline.assembly import Assembly
from radnlp.pipeline.schema_argument import named_schema
from radnlp.pipes import StagePipe, finish_doc, register_extensions
from radnlp.records import PipelineSpec

register_extensions()


@Language.factory(
    "radnlp",
    default_config={"terms": [], "keys": "rules", "relations": "rules", "sentence_classes": None, "settings": {}},
    assigns=["doc._.rad"],
)
@named_schema
def make_radnlp(
    nlp: Language,
    name: str,
    schema: str,
    terms: list[str],
    keys: str,
    relations: str,
    sentence_classes: str | None,
    settings: dict[str, dict[str, Any]],
) -> StagePipe:
    """All stages in one component."""
    spec = PipelineSpec(
        schema=schema,
        terms=tuple(terms),
        keys=keys,
        relations=relations,
        sentence_classes=sentence_classes,
        settings=settings,
    )
    assembly = Assembly.of(schema, spec.terms)
    return StagePipe(assembly.stages(spec), finish_doc, begin=assembly.spans(settings.get("mentions", {})))


@Language.factory("radnlp_text", default_config={"terms": []})
@named_schema
def make_text(nlp: Language, name: str, schema: str, terms: list[str]) -> StagePipe:
    """Sections and sentences."""
    return StagePipe([Assembly.of(schema, tuple(terms)).text()])


@Language.factory("radnlp_mentions", default_config={"terms": [], "settings": {}})
@named_schema
def make_mentions(nlp: Language, name: str, schema: str, terms: list[str], settings: dict[str, Any]) -> StagePipe:
    """Schema terms, or spans of other components, as mentions."""
    assembly = Assembly.of(schema, tuple(terms))
    return StagePipe([assembly.mentions(settings)], begin=assembly.spans(settings))


@Language.factory("radnlp_status", default_config={"terms": [], "settings": {}})
@named_schema
def make_status(nlp: Language, name: str, schema: str, terms: list[str], settings: dict[str, Any]) -> StagePipe:
    """Cues as status of each mention."""
    return StagePipe([Assembly.of(schema, tuple(terms)).status(settings)])


@Language.factory("radnlp_sentence_classes", default_config={"terms": [], "provider": None, "settings": {}})
@named_schema
def make_sentence_classes(
    nlp: Language, name: str, schema: str, terms: list[str], provider: str | None, settings: dict[str, Any]
) -> StagePipe:
    """What each sentence is for."""
    return StagePipe([Assembly.of(schema, tuple(terms)).sentence_classes(provider, settings)])


@Language.factory("radnlp_keys", default_config={"terms": [], "provider": "rules", "settings": {}})
@named_schema
def make_keys(
    nlp: Language, name: str, schema: str, terms: list[str], provider: str, settings: dict[str, Any]
) -> StagePipe:
    """Entity key classification."""
    return StagePipe([Assembly.of(schema, tuple(terms)).keys(provider, settings)])


@Language.factory("radnlp_relations", default_config={"terms": [], "provider": "rules", "settings": {}})
@named_schema
def make_relations(
    nlp: Language, name: str, schema: str, terms: list[str], provider: str, settings: dict[str, Any]
) -> StagePipe:
    """Relationship mapping."""
    return StagePipe([Assembly.of(schema, tuple(terms)).relations(provider, settings)])


@Language.factory("radnlp_findings", default_config={"terms": []}, assigns=["doc._.rad"])
@named_schema
def make_findings(nlp: Language, name: str, schema: str, terms: list[str]) -> StagePipe:
    """The join into ``doc._.rad``."""
    return StagePipe([Assembly.of(schema, tuple(terms)).findings()], finish_doc)
