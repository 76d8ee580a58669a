"""Reports as the stages before the mapper understand them, and mappers whose model a test plays."""

from functools import cache
from types import SimpleNamespace

import pytest
from radnlp_llama.plugin import radnlp_register_relation_mappers, radnlp_register_sentence_classifiers
from radnlp_llama.tasks.providers import relation_mapper, sentence_classifier

import radnlp
from radnlp.api import KeyPrediction, MappingRequest, ReportView, default_catalogue
from radnlp.testing import ScriptedLlm


@cache
def vocabulary(schema):
    return default_catalogue().schema(schema)


@pytest.fixture
def request_for():
    """The request that stage two gets for a text; ``keys=`` takes the place of what the rules found."""

    def make(text, schema="chest_ct", keys=None):
        found = radnlp.extract(text, schema=schema)
        view = ReportView(
            report=SimpleNamespace(id="r1", text=text),
            sections=found.sections,
            sentences=found.sentences,
            mentions=found.mentions,
        )
        predictions = tuple(
            KeyPrediction(key=finding.key, status=finding.status, evidence=finding.evidence)
            for finding in found.findings
            if finding.status != "absent"
        )
        if keys is not None:
            predictions = tuple(KeyPrediction(key=key, status="present") for key in keys)
        return MappingRequest(view=view, keys=predictions)

    return make


@pytest.fixture
def mapper_of():
    """A mapper with scripted answers; ``.llm`` is the model."""

    def make(answer, schema="chest_ct", **settings):
        (offer,) = radnlp_register_relation_mappers()
        llm = ScriptedLlm(answer)
        mapper = relation_mapper(*vocabulary(schema), {**offer.settings, **settings}, generator=llm)
        return SimpleNamespace(map=mapper.map, spent=mapper.spent, about=mapper.about, llm=llm, mapper=mapper)

    return make


@pytest.fixture
def labeller_of():
    """A sentence classifier with scripted answers."""

    def make(answer, schema="ja_ct", **settings):
        (offer,) = radnlp_register_sentence_classifiers()
        llm = ScriptedLlm(answer)
        classifier = sentence_classifier(*vocabulary(schema), {**offer.settings, **settings}, generator=llm)
        return SimpleNamespace(label=classifier.label, spent=classifier.spent, llm=llm, classifier=classifier)

    return make
