"""A snapshot of everything that others rely on by name. A change here is a change of the public contract."""

from importlib.metadata import entry_points

import radnlp
import radnlp.api
from radnlp.hooks import create_manager, specs
from radnlp.hooks.catalogue import Catalogue

OURS = Catalogue(create_manager(installed=False))


def test_the_package():
    assert radnlp.__all__ == ["ArrowExtractor", "__version__", "add_pipes", "extract", "load"]


def test_spacy_factories_and_tokenizer():
    factories = {point.name for point in entry_points(group="spacy_factories") if point.value.startswith("radnlp.")}
    assert factories == {
        "radnlp",
        "radnlp_text",
        "radnlp_mentions",
        "radnlp_status",
        "radnlp_sentence_classes",
        "radnlp_keys",
        "radnlp_relations",
        "radnlp_findings",
    }
    tokenizers = {point.name for point in entry_points(group="spacy_tokenizers") if point.value.startswith("radnlp.")}
    assert tokenizers == {"radnlp.Tokenizer.v1"}


def test_hooks():
    assert [name for name in vars(specs) if name.startswith("radnlp_")] == [
        "radnlp_register_schemas",
        "radnlp_register_lexicons",
        "radnlp_register_entity_key_classifiers",
        "radnlp_register_relation_mappers",
        "radnlp_register_sentence_classifiers",
        "radnlp_register_batch_engines",
        "radnlp_register_commands",
        "radnlp_register_metrics",
        "radnlp_register_checks",
    ]


def test_providers_engines_and_commands():
    assert set(OURS.entity_key_classifiers) == {"rules"}
    assert set(OURS.relation_mappers) == {"cascade", "cooccurrence", "rules"}
    assert set(OURS.batch_engines) == {"serial", "process"}
    assert set(OURS.commands) == {
        "extract",
        "explain",
        "schemas",
        "plugins",
        "bench",
        "review",
        "timeline",
        "brat",
        "new-plugin",
        "doctor",
    }


def test_checks():
    assert list(OURS.checks) == ["installation"]


def test_metrics():
    assert list(OURS.metrics) == [
        "keys",
        "shin2025",
        "relations",
        "hierarchy",
        "status",
        "evidence",
        "sentences",
        "negation_split",
    ]


def test_schemas_and_their_versions():
    assert {name: OURS.schema(name)[0].version for name in OURS.schemas} == {
        "brain_mri": "1.0.0",
        "chest_ct": "1.1.0",
        "chest_xray": "1.1.0",
    }


def test_the_vocabularies():
    chest_ct, _ = OURS.schema("chest_ct")
    assert [key.id for key in chest_ct.keys] == [
        "nodules",
        "ggo",
        "consolidation",
        "pleural_effusion",
        "atelectasis",
        "fibrosis",
        "bronchiectasis",
        "mass",
        "bronchial_wall_thickening",
        "interstitial_thickening",
        "pleural_thickening",
    ]
    locations = "right_lung left_lung rul rml rll lul left_lingula lll bul bll pleural"
    assert [value.id for value in chest_ct.values] == locations.split()
    assert chest_ct.value("bll").parts == ("rll", "lll")
    brain_mri, _ = OURS.schema("brain_mri")
    diagnoses = (
        "glioma lymphoma metastasis non_malignant_tumor demyelinating infection_inflammation hemorrhage_vascular stroke"
    )
    assert [key.id for key in brain_mri.keys] == diagnoses.split()
    assert [value.id for value in brain_mri.values] == ["progression", "stable", "improvement"]
    assert [step.id for step in brain_mri.steps] == ["diagnosis", "episode", "non_tumor_type"]
    chest_xray, _ = OURS.schema("chest_xray")
    keys = (
        "cardiomegaly emphysema pleural_effusion hernia nodule pneumothorax atelectasis pleural_thickening mass edema "
        "consolidation infiltration fibrosis pneumonia"
    )
    assert [key.id for key in chest_xray.keys] == keys.split()
    assert [value.id for value in chest_xray.values] == ["right", "left", "bilateral"]


def test_what_plugins_import():
    assert {
        "hookimpl",
        "Provider",
        "EngineProvider",
        "Command",
        "SchemaSource",
        "LexiconSource",
        "Report",
        "ReportView",
        "MappingRequest",
        "MappingResult",
        "SentenceClassifier",
        "SentenceLabel",
        "KeyPrediction",
        "Relation",
        "Measurement",
        "Extraction",
        "Metric",
        "MetricProvider",
        "Check",
        "CheckLine",
    } <= set(radnlp.api.__all__)
    assert all(hasattr(radnlp.api, name) for name in radnlp.api.__all__)
