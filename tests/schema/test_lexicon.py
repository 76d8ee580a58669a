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


def test_a_pattern_is_a_cue_of_its_own_beside_the_literals(files):
    row = cues("negated", "forward", "no") + "patterns = ['no \\w+ of', 'nil']\n"
    lexicon = build_lexicon(SCHEMA, files(row))
    assert [(cue.literal, cue.pattern) for cue in lexicon.cues] == [
        ("no", None),
        (r"no \w+ of", r"no \w+ of"),
        ("nil", "nil"),
    ]


def test_a_pattern_needs_no_literals_and_knows_no_notation(files):
    row = "[[cues]]\ncategory='negated'\ndirection='forward'\npatterns=['[nz]o']\n"
    assert [cue.pattern for cue in build_lexicon(SCHEMA, files(row)).cues] == ["[nz]o"]


@pytest.mark.parametrize(("names", "ids"), [(["ggo"], ("ggo",)), (["lesion"], ("nodules", "ggo"))])
@pytest.mark.parametrize("field", ["allowed_types", "excluded_types"])
def test_types_are_ids_of_keys_or_stand_for_all_keys_of_a_type(files, field, names, ids):
    lexicon = build_lexicon(SCHEMA, files(cues("negated", "forward", "no") + f"{field} = {names}"))
    assert getattr(lexicon.cues[0], field) == ids


def test_types_are_written_in_the_order_of_the_schema_and_once(files):
    row = cues("negated", "forward", "no") + "allowed_types = ['ggo', 'nodules', 'ggo']"
    assert build_lexicon(SCHEMA, files(row)).cues[0].allowed_types == ("nodules", "ggo")


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


@pytest.mark.parametrize("name", ["abbreviations", "clause_breaks"])
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


def test_a_file_that_was_asked_for_turns_a_cue_round_and_two_of_them_may_not_disagree(files):
    one, other = files(cues("negated", "forward", "no"), cues("negated", "backward", "no"))
    assert build_lexicon(SCHEMA, [one], wanted=[other]).cues[0].direction == "backward"
    with pytest.raises(SchemaError, match=f"forward in {one} and backward in {other}"):
        build_lexicon(SCHEMA, [], wanted=[one, other])


def test_a_cue_given_again_comes_after_the_same_words_in_another_category(files):
    # Of rules with the same words the last one acts.
    again = [cues("negated", "forward", "no"), cues("uncertain", "forward", "no"), cues("negated", "forward", "no")]
    assert [cue.category for cue in build_lexicon(SCHEMA, files(*again)).cues] == ["uncertain", "negated"]


@pytest.mark.parametrize("name", ["rll", "location", "nodule", "located_in"])
def test_types_that_are_no_keys_are_refused_with_near_names(files, name):
    (path,) = files(cues("negated", "forward", "no") + f"excluded_types = ['{name}']")
    refused([path], f"{path}: [[cues]] no. 1, excluded_types: unknown key or type {name!r}", "Available: ggo, lesion,")


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


def test_a_word_may_mean_several_things_of_a_size(files):
    table = "[[measurement_words]]\nmeaning = '{}'\nside = '{}'\nphrases = ['{}']\n"
    words = table.format("up_to", "before", "max[imum]") + table.format("up_to", "after", "max")
    lexicon = build_lexicon(SCHEMA, files(words + table.format("dimension", "before", "max")))
    assert [(word.phrase, word.meaning, word.side) for word in lexicon.measurement_words] == [
        ("maximum", "up_to", "before"),
        ("max", "up_to", "before"),
        ("max", "up_to", "after"),
        ("max", "dimension", "before"),
    ]


def test_an_unknown_meaning_of_a_word_about_sizes_is_refused(files):
    with pytest.raises(SchemaError, match=r"measurement_words.*meaning"):
        build_lexicon(SCHEMA, files("[[measurement_words]]\nmeaning = 'big'\nphrases = ['large']\n"))


SUSPECTED = cues("uncertain", "backward", "suspected") + "followed_by = ' ?[.]'\n"


def test_a_condition_holds_for_every_literal_of_its_table_and_for_no_pattern(files):
    row = cues("uncertain", "backward", "suspected", "questioned") + "patterns = ['query.']\nfollowed_by = ' ?[.]'\n"
    assert [(cue.literal, cue.followed_by) for cue in build_lexicon(SCHEMA, files(row)).cues] == [
        ("suspected", " ?[.]"),
        ("questioned", " ?[.]"),
        ("query.", None),
    ]


def test_one_cue_may_look_both_ways_if_what_follows_it_decides(files):
    lexicon = build_lexicon(SCHEMA, files(SUSPECTED + cues("uncertain", "forward", "suspected")))
    assert [(cue.direction, cue.followed_by) for cue in lexicon.cues] == [("backward", " ?[.]"), ("forward", None)]


def test_two_directions_under_one_condition_are_refused(files):
    one, other = files(SUSPECTED, SUSPECTED.replace("backward", "forward"))
    refused([one, other], "'suspected' (uncertain)", f"backward in {one}", f"forward in {other}")


def test_a_cue_of_the_same_condition_is_replaced_and_one_of_another_is_added(files):
    again = cues("uncertain", "backward", "suspected") + "followed_by = ' ?[.]'\nmax_scope = 3\n"
    other = cues("uncertain", "backward", "suspected") + "followed_by = ','\n"
    lexicon = build_lexicon(SCHEMA, files(SUSPECTED, other, again))
    assert [(cue.followed_by, cue.max_scope) for cue in lexicon.cues] == [(",", None), (" ?[.]", 3)]


def test_words_of_another_organ_may_be_a_cue(files):
    lexicon = build_lexicon(SCHEMA, files(cues("other_organ", "forward", "hepatic")))
    assert [(cue.literal, cue.category) for cue in lexicon.cues] == [("hepatic", "other_organ")]


def signposts(kind, *phrases):
    return f"[[signposts]]\nkind = '{kind}'\nphrases = {list(phrases)}\n"


def test_signposts_become_one_for_each_variant(files):
    (path,) = files(signposts("other_finding", "tumo[u|]r[s]") + signposts("in", "in"))
    lexicon = build_lexicon(SCHEMA, [path])
    assert [(signpost.phrase, signpost.kind) for signpost in lexicon.signposts] == [
        ("tumours", "other_finding"),
        ("tumour", "other_finding"),
        ("tumors", "other_finding"),
        ("tumor", "other_finding"),
        ("in", "in"),
    ]
    assert {signpost.owner for signpost in lexicon.signposts} == {str(path)}


def test_a_later_file_says_otherwise_what_a_signpost_is(files):
    general, own = files(signposts("other_finding", "tumor", "cyst"), signposts("nothing", "tumor"))
    kinds = {signpost.phrase: signpost.kind for signpost in build_lexicon(SCHEMA, [general], wanted=[own]).signposts}
    assert kinds == {"tumor": "nothing", "cyst": "other_finding"}


def test_signposts_of_a_language_the_schema_does_not_list_are_left_out(files):
    german = "language = 'de'\n" + signposts("with", "mit")
    assert build_lexicon(SCHEMA, files(german)).signposts == ()


def test_a_broken_signpost_is_refused_by_its_table(files):
    (path,) = files(signposts("in", "in") + signposts("with", "wit[h"))
    refused([path], f"{path}: [[signposts]] no. 2", "is never closed")
