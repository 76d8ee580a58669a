"""medspaCy's rule files: what people have comes in, and goes out again, as the same terms and cues."""

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

import radnlp
from radnlp.errors import SchemaError
from radnlp.hooks import default_catalogue
from radnlp.schema import load_schema, lost_in_medspacy, to_medspacy

INVENTED = """
language = "en"

[[terms]]
entities = ["nodules", "mass"]
phrases = ["coin lesion", "RUL|LUL \\\\[sic\\\\]"]

[[ignored]]
reason = "skin"
phrases = ["mole[s]"]

[[terms]]
entities = ["mass"]
phrases = ["bulk"]

[[cues]]
category = "negated"
direction = "forward"
literals = ["\\\\[-\\\\]"]
patterns = ['no \\w+ of']
max_scope = 6
max_targets = 2
excluded_types = ["mass"]

[[cues]]
category = "uncertain"
direction = "bidirectional"
allowed_types = ["lesion"]
literals = ["versus"]

[[cues]]
category = "boundary"
direction = "terminate"
literals = ["which"]

[[cues]]
category = "boundary"
direction = "pseudo"
literals = ["no doubt"]

[[cues]]
category = "recommendation"
direction = "backward"
literals = ["is advised"]
"""


@pytest.fixture
def load(make_schema, tmp_path):
    """Loads the invented schema, with rules laid on top of it when there are any."""

    def load(rules=None, name="rules.json", **terms):
        path = tmp_path / name
        if rules is not None:
            path.write_text(rules if isinstance(rules, str) else json.dumps(rules), "utf-8")
        on_top = [path] if rules is not None else []
        return load_schema(make_schema(**terms), find=None, terms=on_top)[1]

    return load


@pytest.fixture
def refusal(load, tmp_path):
    """The complaint about rules, without the name of their file."""

    def refusal(rules):
        with pytest.raises(SchemaError) as caught:
            load(rules)
        message = str(caught.value)
        assert "\n" not in message
        return message.removeprefix(f"{tmp_path / 'rules.json'}: ")

    return refusal


def target(literal, category="NODULES", **more):
    return {"target_rules": [{"literal": literal, "category": category, **more}]}


def context(literal, category="NEGATED_EXISTENCE", direction="FORWARD", **more):
    return {"context_rules": [{"literal": literal, "category": category, "direction": direction, **more}]}


def entities(lexicon):
    return {term.phrase: term.entities for term in lexicon.terms}


def cue(lexicon, literal):
    (found,) = [cue for cue in lexicon.cues if cue.literal == literal]
    return found


# Target rules


def test_a_literal_names_the_entity_of_its_category_in_any_case(load):
    for category in ("NODULES", "nodules", "Nodules"):
        assert entities(load(target("coin lesion", category)))["coin lesion"] == ("nodules",)


def test_a_literal_is_taken_as_it_is_written(load):
    assert "a [b|c] \\ d" in entities(load(target(" a  [b|c] \\ d")))


def test_a_literal_of_two_categories_names_both_in_the_order_of_the_schema(load):
    rules = [{"literal": "coin lesion", "category": name} for name in ("MASS", "NODULES")]
    assert entities(load({"target_rules": rules}))["coin lesion"] == ("nodules", "mass")


def test_ignored_words_take_their_place_and_name_nothing(load):
    assert entities(load(target("coin lesion", "IGNORED")))["coin lesion"] == ()


def test_a_token_pattern_of_words_is_written_out_and_its_literal_is_but_a_name(load):
    pattern = [{"LOWER": {"IN": ["round", "coin"]}, "OP": "?"}, {"LOWER": "spot"}]
    found = entities(load(target("SPOT", pattern=pattern)))
    assert {phrase for phrase, names in found.items() if "spot" in phrase} == {"round spot", "coin spot", "spot"}
    assert "SPOT" not in found


def test_notes_are_no_fault(load):
    rules = target("coin lesion", metadata={"by": "us"}, attributes=None, pattern=None)
    assert "coin lesion" in entities(load(rules))


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        (target("spot", "NODULE"), "category: unknown entity 'NODULE'; did you mean 'nodules'?"),
        (target("spot", "LESION"), "category: unknown entity 'LESION'"),
        (target("spot", pattern="sp[oa]t"), "a regular expression cannot name an entity"),
        (target("spot", pattern=[{"LEMMA": "spot"}]), "pattern, token no. 1: the attribute 'LEMMA'"),
        (target("spot", pattern=3), "pattern: a list of tokens or a regular expression, not 3"),
        (target("spot", attributes={"is_historical": True}), "attributes are not read"),
        (target(" "), "the literal is empty"),
    ],
)
def test_a_target_rule_without_a_counterpart_is_refused_with_its_number(refusal, rules, complaint):
    assert refusal(rules).startswith(f"target_rules no. 1: {complaint}")


def test_words_both_ignored_and_named_are_refused(refusal):
    rules = [{"literal": "spot", "category": name} for name in ("NODULES", "IGNORED")]
    assert refusal({"target_rules": rules}).startswith("target_rules no. 2: the literal 'spot' is IGNORED and the name")


# Context rules


@pytest.mark.parametrize(
    ("category", "ours"),
    [
        ("NEGATED_EXISTENCE", "negated"),
        ("POSSIBLE_EXISTENCE", "uncertain"),
        ("HISTORICAL", "historical"),
        ("HYPOTHETICAL", "question"),
        ("FAMILY", "family"),
        ("POSITIVE_EXISTENCE", "asserted"),
        ("negated", "negated"),
        ("RECOMMENDATION", "recommendation"),
    ],
)
def test_categories_of_medspacy_and_our_own(load, category, ours):
    assert cue(load(context("zero", category)), "zero").category == ours


def test_what_ends_a_scope_is_a_boundary_whatever_its_category(load):
    for category in ("CONJ", "NEGATED_EXISTENCE", "HISTORICAL", "TERMINATE"):
        found = cue(load(context("whereas", category, "TERMINATE")), "whereas")
        assert (found.category, found.direction) == ("boundary", "terminate")


def test_what_only_blocks_keeps_its_category_or_is_a_boundary(load):
    assert cue(load(context("no doubt", "NEGATED_EXISTENCE", "PSEUDO")), "no doubt").category == "negated"
    assert cue(load(context("no doubt", "DOUBT", "PSEUDO")), "no doubt").category == "boundary"


def test_a_rule_without_a_direction_looks_both_ways_as_in_medspacy(load):
    rules = {"context_rules": [{"literal": "zero", "category": "NEGATED_EXISTENCE"}]}
    assert cue(load(rules), "zero").direction == "bidirectional"


def test_scope_targets_and_types_are_kept(load):
    found = cue(load(context("zero", max_scope=5, max_targets=1, allowed_types=["MASS"])), "zero")
    assert (found.max_scope, found.max_targets, found.allowed_types) == (5, 1, ("mass",))
    found = cue(load(context("zero", excluded_types=["Lesion"])), "zero")
    assert found.excluded_types == ("nodules", "mass")


def test_a_regular_expression_stays_one(load):
    found = cue(load(context("zero", pattern=r"zero|nil (?:of|for)")), r"zero|nil (?:of|for)")
    assert found.pattern == found.literal


def test_a_token_pattern_becomes_literals(load):
    pattern = [{"LOWER": "zero"}, {"LOWER": {"IN": ["signs", "hints"]}}]
    lexicon = load(context("zero", pattern=pattern))
    assert [cue.literal for cue in lexicon.cues if "zero" in cue.literal] == ["zero signs", "zero hints"]


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        (context("zero", "SEVERITY"), "category: unknown category 'SEVERITY'. Available: ASSERTED, BOUNDARY, CONJ,"),
        (context("zero", "NEGATED_EXISTANCE"), "category: unknown category 'NEGATED_EXISTANCE'; did you mean 'NEGATED"),
        (context("zero", direction="FRONT"), "direction: unknown direction 'FRONT'"),
        (context("zero", pattern="zero("), "the pattern 'zero(' is no regular expression: "),
        (context("zero", pattern="(zero)?"), "the pattern '(zero)?' matches the empty text"),
        (context("zero", pattern=[{"IS_DIGIT": True}]), "pattern, token no. 1: the attribute 'IS_DIGIT'"),
        (context("zero", allowed_types=["nodule"]), "allowed_types: unknown key or type 'nodule'; did you mean"),
        (context("zero", excluded_types=["LOCATION"]), "excluded_types: unknown key or type 'location'"),
        (context("zero", allowed_types=[]), "allowed_types is empty"),
        (context("zero", allowed_types=["mass"], excluded_types=["nodules"]), "has both allowed_types and excluded"),
        (context(""), "the literal is empty"),
    ],
)
def test_a_context_rule_without_a_counterpart_is_refused_with_its_number(refusal, rules, complaint):
    assert refusal(rules).startswith(f"context_rules no. 1: {complaint}")


def test_two_directions_of_one_cue_are_refused_naming_both_rules(refusal):
    rules = [*context("zero")["context_rules"], *context("zero", direction="BACKWARD")["context_rules"]]
    complaint = refusal({"context_rules": rules})
    assert "'zero' (negated) is forward" in complaint
    assert "(context_rules no. 1)" in complaint
    assert "(context_rules no. 2)" in complaint


def test_a_rule_that_was_asked_for_turns_a_cue_of_the_schema_round(load):
    assert cue(load(), "without").direction == "forward"
    assert cue(load(context("without", direction="BACKWARD")), "without").direction == "backward"


# Files


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        ("{", "not JSON: Expecting property name"),
        ("[" * 100_000, "not JSON: "),
        ([], "no rules; medspaCy's rule files are an object"),
        ({}, "no rules"),
        ({"target_rule": []}, "target_rule: unknown name; did you mean 'target_rules' or"),
        ({"section_rules": []}, "section_rules: unknown name"),
        ({"target_rules": {"literal": "spot"}}, "target_rules: Input should be a valid list"),
        ({"target_rules": [{"literal": "spot"}]}, "target_rules no. 1, category: is missing"),
        ({"target_rules": [{"litral": "spot"}]}, "target_rules no. 1, litral: unknown name; did you mean 'literal'?"),
        (context("zero", on_match="f"), "context_rules no. 1, on_match: unknown name"),
        (context("zero", terminated_by=["FAMILY"]), "context_rules no. 1, terminated_by: unknown name"),
        (context("zero", max_scope=0), "context_rules no. 1, max_scope: Input should be greater than 0, not 0"),
        (context("zero", max_targets=1.5), "context_rules no. 1, max_targets: "),
        (context("zero", direction=None), "context_rules no. 1, direction: Input should be a valid string"),
        (r'{"target_rules": [{"literal": "\ud800", "category": "MASS"}]}', "holds half a character"),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(refusal, rules, complaint):
    assert refusal(rules).startswith(complaint)


def test_a_long_value_is_not_repeated_whole(refusal):
    assert len(refusal({"target_rules": {"literal": "spot " * 1000}})) < 300


def test_a_file_that_is_not_there(make_schema, tmp_path):
    with pytest.raises(SchemaError, match="there is no such file"):
        load_schema(make_schema(), find=None, terms=[tmp_path / "none.json"])


def test_the_suffix_is_known_in_any_case(load):
    assert "coin lesion" in entities(load(target("coin lesion"), name="RULES.JSON"))


def test_rules_make_another_lexicon_and_the_same_ones_the_same(load):
    assert load(target("spot")).digest != load().digest
    assert load(target("spot")).digest == load(target("spot"), name="copy.json").digest


def test_medspacys_own_default_rules_load_on_top_of_every_schema():
    file = default_rules()
    number = len(json.loads(file.read_text("utf-8"))["context_rules"])
    for name in default_catalogue().schemas:
        _, lexicon = default_catalogue().schema(name, terms=(str(file),))
        by_owner = {cue.owner for cue in lexicon.cues if cue.owner.startswith(f"{file} ")}
        assert len(by_owner) == number
        found = {cue.literal: cue for cue in lexicon.cues if cue.owner in by_owner}
        assert found["didn't have evidence of"].category == "negated"
        assert found["however"].direction == "terminate"
        assert found["mother's"].category == "family"


def default_rules():
    package = Path(find_spec("medspacy").origin).parent
    return package.parent / "resources" / "en" / "context_rules.json"


def test_the_rules_act_in_a_pipeline(tmp_path):
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(target("coin lesion") | context("zero sign of")), "utf-8")
    extraction = radnlp.extract("Zero sign of coin lesion.", schema="chest_ct", terms=[file])
    assert [(finding.key, finding.status) for finding in extraction.findings] == [("nodules", "absent")]


# And out again


def plain(lexicon):
    """Without what cannot come back: the file a row comes from, and what medspaCy has no place for."""
    return (
        [replace(term, owner="", not_in=()) for term in lexicon.terms],
        [replace(cue, owner="", terminated_by=()) for cue in lexicon.cues],
        lexicon.headings,
        lexicon.abbreviations,
    )


def test_a_lexicon_written_and_read_is_the_same(load):
    lexicon = load(more=INVENTED)
    assert plain(load(to_medspacy(lexicon), more=INVENTED)) == plain(lexicon)


@pytest.mark.parametrize("name", sorted(default_catalogue().schemas))
def test_every_shipped_lexicon_written_and_read_is_the_same(name, tmp_path):
    file = tmp_path / "rules.json"
    _, lexicon = default_catalogue().schema(name)
    file.write_text(json.dumps(to_medspacy(lexicon)), "utf-8")
    _, again = default_catalogue().schema(name, terms=(str(file),))
    for before, after in zip(plain(lexicon), plain(again), strict=True):
        # What has a condition stays as the schema's own and comes back a second time, as a pattern.
        kept, given = (
            [row for row in rows if "(?=" not in str(getattr(row, "pattern", ""))] for rows in (after, before)
        )
        assert sorted(map(repr, kept)) == sorted(map(repr, given))


def test_rules_without_their_schemas_files_are_all_there_is_to_them(load, make_schema, tmp_path):
    file = tmp_path / "rules.json"
    lexicon = load(more=INVENTED)
    file.write_text(json.dumps(to_medspacy(lexicon)), "utf-8")
    bare = make_schema(terms='language = "en"', name="bare")
    assert plain(load_schema(bare, find=None, terms=[file])[1])[:2] == plain(lexicon)[:2]


def test_a_rule_as_medspacy_writes_it(load):
    rules = to_medspacy(load(more=INVENTED))
    assert {"literal": "mole", "category": "IGNORED"} in rules["target_rules"]
    assert [rule["category"] for rule in rules["target_rules"] if rule["literal"] == "coin lesion"] == [
        "NODULES",
        "MASS",
    ]
    by_literal = {rule["literal"]: rule for rule in rules["context_rules"]}
    assert by_literal[r"no \w+ of"] == {
        "literal": r"no \w+ of",
        "pattern": r"no \w+ of",
        "category": "NEGATED_EXISTENCE",
        "direction": "FORWARD",
        "max_scope": 6,
        "max_targets": 2,
        "excluded_types": ["MASS"],
    }
    assert by_literal["which"] == {"literal": "which", "category": "BOUNDARY", "direction": "TERMINATE"}


def test_medspacy_reads_the_rules_and_writes_what_we_read(load, tmp_path):
    from medspacy.context import ConTextRule
    from medspacy.target_matcher import TargetRule

    lexicon = load(more=INVENTED)
    file, targets, contexts = (tmp_path / name for name in ("rules.json", "targets.json", "contexts.json"))
    file.write_text(json.dumps(to_medspacy(lexicon)), "utf-8")
    TargetRule.to_json(TargetRule.from_json(file), targets)
    ConTextRule.to_json(ConTextRule.from_json(file), contexts)
    _, again = load_schema(tmp_path / "lobes", find=None, terms=[targets, contexts])
    assert plain(again) == plain(lexicon)


def test_what_has_no_place_in_the_rules_is_counted(load):
    assert lost_in_medspacy(load()) == [
        "2 headings",
        "2 abbreviations, signposts, words of sizes, of change and between clauses",
    ]
    ended = INVENTED.replace("max_scope = 6", 'terminated_by = ["asserted"]')
    assert lost_in_medspacy(load(more=ended))[0] == "terminated_by of 2 cues"
