"""What plugins offer, by name; a plugin that answers nonsense offers nothing at all."""

from pathlib import Path

import pytest

from radnlp.errors import DuplicateNameError, SchemaError, UnknownNameError, UnknownProviderError
from radnlp.hooks import Catalogue, create_manager
from radnlp.records import EngineProvider, Provider, SchemaSource


def provider(name):
    return Provider(name=name, summary="", factory=lambda schema, lexicon, settings: None)


def raising():
    raise RuntimeError("no licence")


def half_way():
    yield SchemaSource(id="first", folder=Path("first"))
    raise RuntimeError("disk gone")


GOOD = SchemaSource(id="good", folder=Path("good"))


@pytest.mark.parametrize(
    ("hook", "answer", "reason"),
    [
        ("radnlp_register_relation_mappers", raising, "radnlp_register_relation_mappers raised RuntimeError: no licen"),
        ("radnlp_register_relation_mappers", ["rules"], "radnlp_register_relation_mappers returned a str; it must re"),
        ("radnlp_register_relation_mappers", "rules", "returned a str; it must return Providers"),
        ("radnlp_register_relation_mappers", 3, "raised TypeError"),
        ("radnlp_register_relation_mappers", [provider("x"), None], "returned a NoneType; it must return Providers"),
        ("radnlp_register_commands", [provider("x")], "returned a Provider; it must return Commands"),
        ("radnlp_register_batch_engines", lambda: half_way(), "raised RuntimeError: disk gone"),
        ("radnlp_register_lexicons", [GOOD], "returned a SchemaSource; it must return LexiconSources"),
    ],
)
def test_a_hook_that_raises_or_answers_nonsense_takes_its_whole_plugin_out(manager, plugin, hook, answer, reason):
    bad = plugin(radnlp_register_schemas=[SchemaSource(id="of_bad", folder=Path("of_bad"))], **{hook: answer})
    manager.add(bad, "bad", distribution="radnlp-bad", version="0.1")
    manager.add(plugin(radnlp_register_schemas=[GOOD]), "good")
    catalogue = Catalogue(manager)
    assert set(catalogue.schemas) == {"good"}
    info = manager.info("bad")
    assert (info.state, info.distribution, info.version) == ("quarantined", "radnlp-bad", "0.1")
    assert reason in info.reason
    assert manager.info("good").state == "loaded"


def test_a_hook_that_returns_nothing_offers_nothing(manager, plugin):
    manager.add(plugin(radnlp_register_schemas=lambda: None, radnlp_register_commands=()), "quiet")
    catalogue = Catalogue(manager)
    assert (dict(catalogue.schemas), dict(catalogue.commands)) == ({}, {})
    assert manager.info("quiet").state == "loaded"


def test_a_generator_is_an_answer_too(manager, plugin):
    manager.add(plugin(radnlp_register_schemas=lambda: (source for source in [GOOD])), "mine")
    assert set(Catalogue(manager).schemas) == {"good"}


@pytest.mark.parametrize(
    ("hook", "kind", "item"),
    [
        ("radnlp_register_schemas", "schema", GOOD),
        ("radnlp_register_entity_key_classifiers", "entity key classifier", provider("good")),
        ("radnlp_register_relation_mappers", "relation mapper", provider("good")),
        ("radnlp_register_batch_engines", "batch engine", EngineProvider(name="good", summary="", factory=list)),
    ],
)
def test_two_plugins_with_one_name_are_both_named(manager, plugin, hook, kind, item):
    manager.add(plugin(**{hook: [item]}), "one")
    manager.add(plugin(**{hook: [item]}), "other")
    with pytest.raises(DuplicateNameError, match=f"two plugins offer the {kind} 'good': one and other; disable one"):
        Catalogue(manager)


def test_a_quarantined_plugin_is_no_rival_for_a_name(manager, plugin):
    manager.add(plugin(radnlp_register_schemas=[GOOD], radnlp_register_commands=raising), "bad")
    manager.add(plugin(radnlp_register_schemas=[GOOD]), "good")
    assert Catalogue(manager).schemas["good"].plugin == "good"


def test_one_name_may_serve_two_stages(manager, plugin):
    offers = {
        hook: [provider("rules")]
        for hook in ("radnlp_register_relation_mappers", "radnlp_register_entity_key_classifiers")
    }
    manager.add(plugin(**offers), "mine")
    catalogue = Catalogue(manager)
    assert catalogue.relation_mapper("rules") and catalogue.entity_key_classifier("rules")


def test_an_unknown_provider_is_answered_with_near_names_and_what_was_set_aside(manager, plugin):
    manager.add(plugin(radnlp_register_relation_mappers=[provider("rules")]), "mine")
    manager.add(plugin(radnlp_register_relation_mappers=raising), "llama")
    catalogue = Catalogue(manager)
    with pytest.raises(UnknownProviderError) as caught:
        catalogue.relation_mapper("rulez")
    assert "did you mean 'rules'?" in str(caught.value)
    assert "Plugin llama is quarantined: radnlp_register_relation_mappers raised RuntimeError" in str(caught.value)
    for ask in (catalogue.entity_key_classifier, catalogue.batch_engine):
        with pytest.raises(UnknownProviderError, match="none is available"):
            ask("rules")


@pytest.fixture
def shipped():
    return Catalogue(create_manager(builtin=["radnlp.hooks.shipped"], installed=False))


def test_a_schema_is_found_by_name_and_by_path(shipped):
    by_name = shipped.schema("chest_ct")
    by_path = shipped.schema(str(shipped.schemas["chest_ct"].item.folder))
    assert by_name == by_path


def test_an_unknown_schema_is_answered_with_its_near_name(shipped):
    with pytest.raises(UnknownNameError, match="unknown schema 'chest_cd'; did you mean 'chest_ct'"):
        shipped.schema("chest_cd")


def test_a_folder_named_without_a_separator_is_explained(shipped, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError, match=r"needs a path separator: \./mine\."):
        shipped.schema("mine")
    with pytest.raises(SchemaError, match=r"mine.schema\.toml: there is no such file"):
        shipped.schema("./mine")


def test_a_schema_of_ones_own_extends_a_shipped_one(shipped, tmp_path):
    (tmp_path / "schema.toml").write_text(
        'id = "mine"\nversion = "1.0.0"\ntitle = "Mine"\nlanguages = ["en"]\nextends = "chest_ct"\n'
        '[keys.cyst]\ntype = "lesion"\nlabel = "Cyst"\n',
        "utf-8",
    )
    schema, lexicon = shipped.schema(str(tmp_path))
    assert schema.keys[-1].id == "cyst" and len(schema.keys) == 12
    assert any("nodules" in term.entities for term in lexicon.terms)
    (tmp_path / "schema.toml").write_text(
        'id = "mine"\nversion = "1.0.0"\ntitle = "Mine"\nlanguages = ["en"]\nextends = "chest_cd"\n', "utf-8"
    )
    with pytest.raises(SchemaError, match=r"schema\.toml: extends: unknown schema 'chest_cd'; did you mean 'chest_ct'"):
        shipped.schema(str(tmp_path))


def test_terms_on_top_are_given_as_paths(shipped, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('language = "en"\n[[terms]]\nentities = ["nodules"]\nphrases = ["coin lesion"]\n', "utf-8")
    _, lexicon = shipped.schema("chest_ct", terms=(str(path),))
    assert lexicon.terms[-1].phrase == "coin lesion"
