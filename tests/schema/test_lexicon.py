"""Lexicon files laid one upon the other."""

import pytest

from radnlp.errors import SchemaError
from radnlp.records import EntityKey, EntityValue, RelationType, Schema
from radnlp.schema.lexicon import build_lexicon

SCHEMA = Schema(
    id="lobes",
    version="1.0.0",
    title="Lobes",
    languages=("en", "ko"),
    source="invented",
    keys=(EntityKey(id="nodules", type="lesion", label="N"), EntityKey(id="ggo", type="lesion", label="G")),
    values=(EntityValue(id="rll", type="location", label="RLL"),),
    relations=(RelationType(id="located_in", value_type="location", keys=("nodules",)),),
)


@pytest.fixture
def files(tmp_path):
    """Writes lexicon files, English unless they say otherwise, and gives their paths in order."""

    def write(*contents):
        paths = []
        for number, content in enumerate(contents):
            path = tmp_path / f"{number}.toml"
            head = "" if content.startswith("language") else 'language = "en"\n'
            path.write_text(head + content, "utf-8")
            paths.append(path)
        return paths

    return write


def terms(entities, *phrases):
    return f"[[terms]]\nentities = {entities}\nphrases = {list(phrases)}\n"


def cues(category, direction, *literals):
    return f"[[cues]]\ncategory = '{category}'\ndirection = '{direction}'\nliterals = {list(literals)}\n"


def test_phrases_become_terms_one_for_each_variant(files):
    (path,) = files(terms(["nodules"], "nodule[s]") + terms(["nodules", "ggo"], "ground-glass nodule"))
    lexicon = build_lexicon(SCHEMA, [path])
    assert [(term.phrase, term.entities) for term in lexicon.terms] == [
        ("nodules", ("nodules",)),
        ("nodule", ("nodules",)),
        ("ground-glass nodule", ("nodules", "ggo")),
    ]
    assert {term.owner for term in lexicon.terms} == {str(path)}


def test_ignored_phrases_are_terms_of_nothing(files):
    lexicon = build_lexicon(SCHEMA, files("[[ignored]]\nreason='thyroid'\nphrases=['thyroid nodule']"))
    assert [(term.phrase, term.entities) for term in lexicon.terms] == [("thyroid nodule", ())]


def test_cues_keep_everything_said_of_them(files):
    row = (
        cues("negated", "forward", "no", "[absence|lack] of") + "max_scope=8\nmax_targets=1\nterminated_by=['boundary']"
    )
    lexicon = build_lexicon(SCHEMA, files(row))
    assert [cue.literal for cue in lexicon.cues] == ["no", "absence of", "lack of"]
    assert {(c.max_scope, c.max_targets, c.terminated_by) for c in lexicon.cues} == {(8, 1, ("boundary",))}


def test_files_of_languages_the_schema_does_not_list_are_left_out(files):
    german = "language = 'de'\n" + terms(["nodules"], "Rundherd")
    korean = "language = 'ko'\n" + terms(["nodules"], "결절")
    lexicon = build_lexicon(SCHEMA, files(german, korean))
    assert [term.phrase for term in lexicon.terms] == ["결절"]
    assert lexicon.languages == ("en", "ko")


def test_of_two_files_the_later_one_has_the_phrase(files):
    general, own = files(
        terms(["nodules"], "spot", "nodule") + "[[headings]]\nsection='findings'\nphrases=['reading']",
        terms(["ggo"], "spot") + "[[headings]]\nsection='impression'\nphrases=['reading']",
    )
    lexicon = build_lexicon(SCHEMA, [general, own])
    assert {term.phrase: (term.entities, term.owner) for term in lexicon.terms} == {
        "nodule": (("nodules",), str(general)),
        "spot": (("ggo",), str(own)),
    }
    assert [(heading.section, heading.owner) for heading in lexicon.headings] == [("impression", str(own))]


def test_a_phrase_can_be_taken_out_by_ignoring_it_later(files):
    lexicon = build_lexicon(SCHEMA, files(terms(["nodules"], "spot"), "[[ignored]]\nreason='vague'\nphrases=['spot']"))
    assert [(term.phrase, term.entities) for term in lexicon.terms] == [("spot", ())]


def test_a_replaced_phrase_comes_after_other_spellings_of_it(files):
    # Both spellings fold to one phrase, and of those the matcher takes the last.
    lexicon = build_lexicon(
        SCHEMA, files(terms(["nodules"], "ground-glass spot", "ground glass spot"), terms(["ggo"], "ground-glass spot"))
    )
    assert [(term.phrase, term.entities[0]) for term in lexicon.terms] == [
        ("ground glass spot", "nodules"),
        ("ground-glass spot", "ggo"),
    ]


@pytest.mark.parametrize("name", ["abbreviations", "connectives", "clause_breaks"])
def test_lists_of_words_are_joined_without_doubles(files, name):
    lexicon = build_lexicon(SCHEMA, files(f"{name}=['one', 'two']", f"{name}=['two', 'three']"))
    assert getattr(lexicon, name) == ("one", "two", "three")


def refused(paths, *pieces):
    with pytest.raises(SchemaError) as caught:
        build_lexicon(SCHEMA, paths)
    for piece in pieces:
        assert str(piece) in str(caught.value)


def test_an_unknown_entity_is_refused_with_its_near_name(files):
    (path,) = files(terms(["ggo"], "ggo") + terms(["nodule"], "nodule"))
    refused([path], path, "[[terms]] no. 2, entities: unknown entity 'nodule'; did you mean 'nodules'?")


def test_a_relation_is_no_entity(files):
    (path,) = files(terms(["located_in"], "in"))
    refused([path], path, "unknown entity 'located_in'")


def test_one_phrase_with_two_meanings_in_one_file_is_refused(files):
    (path,) = files(terms(["nodules"], "ground-glass nodule") + terms(["ggo"], "[ground-glass|ggo] nodule"))
    refused([path], path, "[[terms]] no. 2", "'ground-glass nodule' already means ['nodules']")


def test_a_phrase_both_named_and_ignored_is_refused(files):
    (path,) = files(terms(["nodules"], "spot") + "[[ignored]]\nreason='vague'\nphrases=['spot']")
    refused([path], path, "[[ignored]] no. 1", "'spot' already means ['nodules']")


def test_the_same_meaning_twice_is_no_fault(files):
    assert len(build_lexicon(SCHEMA, files(terms(["ggo"], "ggo") + terms(["ggo"], "ggo"))).terms) == 1


def test_two_directions_of_one_cue_are_refused_naming_both_files(files):
    one, other = files(cues("negated", "forward", "no"), cues("negated", "backward", "no"))
    refused([one, other], "'no' (negated)", f"forward in {one}", f"backward in {other}")


def test_one_cue_may_look_both_ways_in_two_categories(files):
    lexicon = build_lexicon(SCHEMA, files(cues("negated", "forward", "no"), cues("uncertain", "backward", "no")))
    assert len(lexicon.cues) == 2


@pytest.mark.parametrize("table", ["terms", "ignored", "cues", "headings"])
def test_a_broken_phrase_is_refused_by_its_table(files, table):
    rows = {
        "terms": terms(["ggo"], "ggo[s"),
        "ignored": "[[ignored]]\nreason='x'\nphrases=['ggo[s']",
        "cues": cues("negated", "forward", "no[t"),
        "headings": "[[headings]]\nsection='findings'\nphrases=['finding[s']",
    }
    (path,) = files(rows[table])
    refused([path], path, f"[[{table}]] no. 1", "is never closed")


def test_terms_that_a_user_asked_for_in_a_language_the_schema_does_not_read_are_refused(tmp_path):
    from radnlp.hooks import default_catalogue

    file = tmp_path / "mine.toml"
    file.write_text('language = "de"\n[[terms]]\nentities = ["mass"]\nphrases = ["Raumforderung"]\n')
    with pytest.raises(SchemaError, match="does not read 'de'; it reads en, ko"):
        default_catalogue().schema("chest_ct", terms=(str(file),))
