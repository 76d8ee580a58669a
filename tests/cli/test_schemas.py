"""radnlp schemas: the vocabulary, readably."""


def test_all_schemas_are_listed(radnlp):
    done = radnlp("schemas")
    assert done.status == 0
    assert "chest_ct" in done.out
    assert "chest_xray" in done.out


def test_one_schema_is_shown_with_keys_values_and_source(radnlp):
    out = radnlp("schemas", "chest_ct").out
    for words in ("bronchial_wall_thickening", "left_lingula", "rll + lll", "Shin et al.", "located_in"):
        assert words in out


def test_an_unknown_schema(radnlp):
    done = radnlp("schemas", "brain_mir")
    assert done.status == 2
    assert "unknown schema 'brain_mir'" in done.err
