"""Every kind of broken file is refused in one sentence that names file, table and key."""

import pytest

from radnlp.errors import SchemaError
from radnlp.schema.files import LexiconFile, SchemaFile, read_toml

SCHEMA_HEAD = 'id = "lobes"\nversion = "1.0.0"\ntitle = "Lobes"\nlanguages = ["en"]\n'


def refusal(path, model):
    with pytest.raises(SchemaError) as caught:
        read_toml(path, model)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ('[keys.nodules]\ntyp = "lesion"\nlabel = "N"', "[keys.nodules] typ: unknown name; did you mean 'type'?"),
        ('[keys.nodules]\nlabel = "N"', "[keys.nodules] type: is missing"),
        ('[keys.nodules]\ntype = 3\nlabel = "N"', "[keys.nodules] type: Input should be a valid string, not 3"),
        ('[keys.nodules]\ntype = "lesion"\nlabel = ""', "[keys.nodules] label: "),
        ('[keys]\nnodules = "lesion"', "[keys] nodules: "),
        ('[keys.Nodules]\ntype = "lesion"\nlabel = "N"', "[keys] Nodules: "),
        ('[values.rll]\ntype = "location"\nlabel = "R"\nparts = "rul"', "[values.rll] parts: "),
        ('[values.rll]\ntype = "location"\nlabel = "R"\nparts = ["a", 2]', "[values.rll] parts no. 2: "),
        ('[values.rll]\ntype = "location"\nlabel = "R"\nwithn = "a"', "[values.rll] withn: unknown name; did you"),
        ('[relations.at]\nvalue_type = "location"\nkeys = []', "[relations.at] keys: "),
        ('[relations.at]\nkeys = ["a"]', "[relations.at] value_type: is missing"),
        (
            '[relations.at]\nvalue_type = "location"\nkeys = ["a"]\nvalues = "right"',
            "[relations.at] values: Input should be a valid list, not 'right'",
        ),
        (
            '[relations.at]\nvalue_type = "location"\nkeys = ["a"]\nvalue = ["right"]',
            "[relations.at] value: unknown name; did you mean 'value",
        ),
        ('[sections]\nhistory = "absent"', "[sections] history: Input should be 'historical' or 'excluded', not 'abs"),
        ('[sections]\nfinding = "excluded"', "[sections] finding: Input should be 'history'"),
        ("[key.nodules]", "key: unknown name; did you mean 'keys'?"),
    ],
)
def test_a_schema_file_with_a_fault(tmp_path, lines, complaint):
    path = tmp_path / "schema.toml"
    path.write_text(f"{SCHEMA_HEAD}{lines}\n", "utf-8")
    assert refusal(path, SchemaFile).startswith(complaint)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("id", "i"), "i"),
        (('version = "1.0.0"', 'version = "1.0"'), "version: "),
        (('version = "1.0.0"', "version = 1.0"), "version: Input should be a valid string, not 1.0"),
        (('title = "Lobes"\n', ""), "title: is missing"),
        (('["en"]', '"en"'), "languages: "),
        (('["en"]', "[]"), "languages: "),
        (('["en"]', '["en", 3]'), "languages, no. 2: "),
        (('"lobes"', '"my schema"'), "id: "),
    ],
)
def test_a_schema_file_with_a_fault_in_its_head(tmp_path, change, complaint):
    path = tmp_path / "schema.toml"
    path.write_text(SCHEMA_HEAD.replace(*change), "utf-8")
    assert refusal(path, SchemaFile).startswith(complaint)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ('[[terms]]\nentities = ["a"]', "[[terms]] no. 1, phrases: is missing"),
        ('[[terms]]\nentities = []\nphrases = ["n"]', "[[terms]] no. 1, entities: "),
        ('[[terms]]\nentities = ["a"]\nphrases = ["n", ""]', "[[terms]] no. 1, phrases no. 2: "),
        ('[[terms]]\nentity = "a"\nphrases = ["n"]', "[[terms]] no. 1, entity: unknown name; did you mean 'entities'?"),
        (
            '[[terms]]\nentities = ["a"]\nphrases = ["n"]\n[[terms]]\nentities = ["a"]\nphrases = ["n"]\nphrase = "x"',
            "[[terms]] no. 2, phrase: unknown name; did you mean 'phrases'?",
        ),
        ('[[ignored]]\nphrases = ["n"]', "[[ignored]] no. 1, reason: is missing"),
        ('[[cues]]\ncategory = "negatd"\ndirection = "forward"\nliterals = ["no"]', "[[cues]] no. 1, category: "),
        ('[[cues]]\ncategory = "negated"\ndirection = "front"\nliterals = ["no"]', "[[cues]] no. 1, direction: "),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\nliterals = [false]',
            "[[cues]] no. 1, literals no. 1: Input should be a valid string, not False",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\nliterals = ["no"]\nmax_scope = 0',
            "[[cues]] no. 1, max_scope: ",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\nliterals = ["no"]\nterminated_by = ["negate"]',
            "[[cues]] no. 1, terminated_by no. 1: ",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"',
            "cues, no. 1: has neither literals nor patterns; give",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\npatterns = ["no", "no("]',
            "[[cues]] no. 1, patterns no. 2: the pattern 'no(' is no regular expression: ",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\npatterns = ["(no)?"]',
            "[[cues]] no. 1, patterns no. 1: the pattern '(no)?' matches the empty text; let it need",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\npatterns = ["\\\\b"]',
            "[[cues]] no. 1, patterns no. 1: the pattern '\\\\b' matches the empty text",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\nliterals = ["no"]\nallowed_types = ["a"]\n'
            'excluded_types = ["b"]',
            "cues, no. 1: has both allowed_types and excluded_types; give one of them",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\nliterals = ["no"]\nfollowed_by = "of("',
            "[[cues]] no. 1, followed_by: the pattern 'of(' is no regular expression: ",
        ),
        (
            '[[cues]]\ncategory = "negated"\ndirection = "forward"\nliterals = ["no"]\nfollowed_by = ["of"]',
            "[[cues]] no. 1, followed_by: Input should be a valid string",
        ),
        (
            '[[cues]]\ncategory = "other_organs"\ndirection = "forward"\nliterals = ["hepatic"]',
            "[[cues]] no. 1, category: ",
        ),
        (
            '[[signposts]]\nkind = "other"\nphrases = ["tumor"]',
            "[[signposts]] no. 1, kind: Input should be 'other_finding', 'other_place'",
        ),
        ('[[signposts]]\nphrases = ["tumor"]', "[[signposts]] no. 1, kind: is missing"),
        ('[[signposts]]\nkind = "in"', "[[signposts]] no. 1, phrases: is missing"),
        ('[[signposts]]\nkind = "in"\nphrases = []', "[[signposts]] no. 1, phrases: "),
        (
            '[[signposts]]\nkind = "in"\nphrases = ["in"]\n[[signposts]]\nkind = "is"\nphrase = ["is"]',
            "[[signposts]] no. 2, phrase: unknown name; did you mean 'phrases'?",
        ),
        ('[[signpost]]\nkind = "in"\nphrases = ["in"]', "signpost: unknown name; did you mean 'signposts'?"),
        ('[[headings]]\nsection = "finding"\nphrases = ["f"]', "[[headings]] no. 1, section: "),
        ('abbreviations = ["rt", 1]', "abbreviations, no. 2: "),
        ('[terms]\nentities = ["a"]', "terms: "),
        ("terms = [1]", "terms, no. 1: "),
        ('[[term]]\nphrases = ["n"]', "term: unknown name; did you mean 'terms'?"),
    ],
)
def test_a_lexicon_file_with_a_fault(tmp_path, lines, complaint):
    path = tmp_path / "words.toml"
    path.write_text(f'language = "en"\n{lines}\n', "utf-8")
    assert refusal(path, LexiconFile).startswith(complaint)


def test_a_condition_may_match_the_end_of_a_sentence_where_a_cue_may_not(tmp_path):
    path = tmp_path / "words.toml"
    row = '[[cues]]\ncategory="uncertain"\ndirection="backward"\nliterals=["suspected"]\nfollowed_by="( ?[.,]|$)"'
    path.write_text(f'language="en"\n{row}', "utf-8")
    assert read_toml(path, LexiconFile).cues[0].followed_by == "( ?[.,]|$)"


def test_a_wrong_word_is_answered_with_the_allowed_ones(tmp_path):
    path = tmp_path / "words.toml"
    path.write_text('language="en"\n[[cues]]\ncategory="negatd"\ndirection="forward"\nliterals=["no"]', "utf-8")
    assert "'negated', 'uncertain'" in refusal(path, LexiconFile)
    assert refusal(path, LexiconFile).endswith("not 'negatd'")


def test_of_several_faults_the_number_of_the_others_is_told(tmp_path):
    path = tmp_path / "words.toml"
    path.write_text("abbreviations = [1, 2]", "utf-8")
    assert refusal(path, LexiconFile).endswith(" (and 2 more)")


def test_a_file_without_its_language_is_refused(tmp_path):
    path = tmp_path / "words.toml"
    path.write_text("", "utf-8")
    assert refusal(path, LexiconFile) == "language: is missing"


def test_a_file_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "schema.toml", SchemaFile) == "there is no such file"


def test_a_folder_instead_of_a_file(tmp_path):
    assert "directory" in refusal(tmp_path, SchemaFile).lower()


def test_bad_toml_names_the_line(tmp_path):
    path = tmp_path / "schema.toml"
    path.write_text('id = "lobes"\nversion = 1.0.0\n', "utf-8")
    assert "line 2" in refusal(path, SchemaFile)


def test_a_file_that_is_not_utf8_names_the_byte(tmp_path):
    path = tmp_path / "words.toml"
    path.write_bytes('language = "ko"\nclause_breaks = ["및"]'.encode("cp949"))
    assert refusal(path, LexiconFile) == "not UTF-8 (byte 34); save the file as UTF-8"


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "words.toml"
    path.write_bytes(b'\xef\xbb\xbflanguage = "en"')
    assert read_toml(path, LexiconFile).language == "en"
