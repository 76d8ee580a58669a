"""Every hook, one test each, and a test that no hook goes without."""

import re
from pathlib import Path

import pytest

from radnlp.hooks import Catalogue, specs
from radnlp.records import (
    Check,
    CheckLine,
    Command,
    EngineProvider,
    LexiconSource,
    MappingResult,
    MetricProvider,
    PipelineSpec,
    Provider,
    Report,
    SchemaSource,
    SentenceLabel,
)

HOOKS = sorted(name for name in vars(specs) if name.startswith("radnlp_"))


@pytest.fixture
def catalogue(manager, plugin):
    """The catalogue of one plugin with one hook."""

    def read(**answers):
        manager.add(plugin(**answers), "mine", distribution="radnlp-mine", version="1.2.3")
        return Catalogue(manager)

    return read


def test_there_are_hooks_to_test():
    assert len(HOOKS) >= 6


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_a_test_of_its_name(hook):
    tests = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert re.search(rf"^def test_{hook}\(", tests, re.MULTILINE)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_says_what_to_return_and_shows_an_example(hook):
    words = getattr(specs, hook).__doc__
    assert "Return one" in words
    example = words.partition("Example::")[2]
    assert "@hookimpl" in example and f"def {hook}():" in example


@pytest.mark.parametrize("hook", HOOKS)
def test_the_catalogue_reads_every_hook(catalogue, hook):
    called = []
    catalogue(**{hook: lambda: called.append(hook) or []})
    assert called == [hook]


def test_radnlp_register_schemas(catalogue, tmp_path):
    (tmp_path / "schema.toml").write_text(
        'id = "abdomen_us"\nversion = "1.0.0"\ntitle = "Abdomen"\nlanguages = ["en"]\n'
        '[keys.gallstone]\ntype = "lesion"\nlabel = "Gallstone"\n',
        "utf-8",
    )
    read = catalogue(radnlp_register_schemas=[SchemaSource(id="abdomen_us", folder=tmp_path)])
    schema, _ = read.schema("abdomen_us")
    assert [key.id for key in schema.keys] == ["gallstone"]
    assert read.schemas["abdomen_us"].plugin == "mine"


def test_radnlp_register_lexicons(catalogue, tmp_path):
    file = tmp_path / "words.de.toml"
    file.write_text('language = "de"\nabbreviations = ["bzw"]\n', "utf-8")
    read = catalogue(radnlp_register_lexicons=[LexiconSource(language="de", file=file)])
    folder = tmp_path / "thorax"
    folder.mkdir()
    (folder / "schema.toml").write_text(
        'id = "thorax"\nversion = "1.0.0"\ntitle = "Thorax"\nlanguages = ["de"]\n'
        '[keys.nodules]\ntype = "lesion"\nlabel = "Rundherde"\n',
        "utf-8",
    )
    assert read.schema(str(folder))[1].abbreviations == ("bzw",)


def test_radnlp_register_entity_key_classifiers(catalogue):
    class Silent:
        def classify(self, views):
            return [() for _ in views]

    offered = Provider(name="silent", summary="says nothing", factory=lambda schema, lexicon, settings: Silent())
    read = catalogue(radnlp_register_entity_key_classifiers=[offered])
    offer = read.entity_key_classifier("silent")
    assert offer.plugin == "mine"
    assert offer.item.factory(None, None, {}).classify([1, 2]) == [(), ()]


def test_radnlp_register_relation_mappers(catalogue):
    class Nowhere:
        def map(self, requests):
            return [MappingResult() for _ in requests]

    offered = Provider(name="nowhere", summary="no place", factory=lambda schema, lexicon, settings: Nowhere())
    read = catalogue(radnlp_register_relation_mappers=[offered])
    assert read.relation_mapper("nowhere").item.factory(None, None, {}).map([1]) == [MappingResult()]


def test_radnlp_register_sentence_classifiers(catalogue):
    class Hopeful:
        def label(self, views):
            return [(SentenceLabel(label="positive"),) for _ in views]

    offered = Provider(name="hopeful", summary="all positive", factory=lambda schema, lexicon, settings: Hopeful())
    read = catalogue(radnlp_register_sentence_classifiers=[offered])
    offer = read.sentence_classifier("hopeful")
    assert offer.plugin == "mine"
    assert offer.item.factory(None, None, {}).label([1]) == [(SentenceLabel(label="positive"),)]


def test_radnlp_register_batch_engines(catalogue):
    class Backwards:
        def __init__(self, workers):
            self.workers = workers

        def run(self, spec, reports):
            return iter([(self.workers, spec.schema, report.id) for report in reports])

    offered = EngineProvider(name="backwards", summary="slow", factory=Backwards)
    read = catalogue(radnlp_register_batch_engines=[offered])
    engine = read.batch_engine("backwards").item.factory(3)
    assert list(engine.run(PipelineSpec(schema="x"), [Report(id="r1", text="")])) == [(3, "x", "r1")]


def test_radnlp_register_commands(catalogue):
    offered = Command(name="count", summary="count", add_arguments=lambda parser: None, run=lambda arguments, host: 0)
    read = catalogue(radnlp_register_commands=[offered])
    assert read.commands["count"].item.run(None, None) == 0


def test_radnlp_register_metrics(catalogue):
    class Agreement:
        def __init__(self, schema):
            self.schema = schema

    offered = MetricProvider(name="agreement", summary="same", formula="a / n", source="us", factory=Agreement)
    read = catalogue(radnlp_register_metrics=[offered])
    offer = read.metric("agreement")
    assert (offer.plugin, offer.item.factory("chest_ct").schema) == ("mine", "chest_ct")


def test_radnlp_register_checks(catalogue):
    line = CheckLine(name="gpu", state="warning", words="no GPU; everything runs on the CPU", values={"gpus": 0})
    read = catalogue(radnlp_register_checks=[Check(name="gpu", summary="the card", run=lambda settings: [line])])
    offer = read.checks["gpu"]
    assert (offer.plugin, offer.item.run({})) == ("mine", [line])
