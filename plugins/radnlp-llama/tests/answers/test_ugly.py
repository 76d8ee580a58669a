"""What models write when nothing holds them to the form, and what it is read as.

Asked were the nodules and the pleural effusion of a chest CT. A row: the answer, what is understood of each key (None:
it has no answer), what was mended (part of a note) and what was not understood (part of a fault).
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from radnlp_llama.answers import Names, read
from radnlp_llama.tasks.questions import relation_rounds

FORM = '{"nodules":["present","rul"],"pleural_effusion":["absent"]}'
#: With names, as many models write it whatever they are shown.
GOOD = '{"nodules":{"status":"present","located_in":["rul"]},"pleural_effusion":{"status":"absent","has_side":[]}}'
RUL, NO_EFFUSION = ("present", "rul"), ("absent",)
EFFUSION = '"pleural_effusion":{"status":"absent","has_side":[]}'

# answer, nodules, effusion, mended, fault
ROWS = {
    "as asked": (FORM, RUL, NO_EFFUSION, None, None),
    "lists with blanks": (FORM.replace(",", ", "), RUL, NO_EFFUSION, None, None),
    "objects": (GOOD, RUL, NO_EFFUSION, "in another shape", None),
    "a list in other words": (FORM.replace('"rul"', '"RT UPPER LOBE"'), RUL, NO_EFFUSION, "in other words", None),
    "a list with a wrong status": (FORM.replace("present", "severe"), None, NO_EFFUSION, None, "nodules.status"),
    "a list with the status last": (
        FORM.replace('"present","rul"', '"rul","present"'),
        RUL,
        NO_EFFUSION,
        "not in its place",
        None,
    ),
    "a list with a place that is none": (
        FORM.replace('"rul"', '"kidney"'),
        ("present",),
        NO_EFFUSION,
        None,
        "1 of the values",
    ),
    # Around the answer.
    "code fence": (f"```json\n{GOOD}\n```", RUL, NO_EFFUSION, "code fence", None),
    "bare fence": (f"```\n{GOOD}\n```", RUL, NO_EFFUSION, "code fence", None),
    "fence that never ends": (f"```json\n{GOOD}", RUL, NO_EFFUSION, "code fence", None),
    "words before": (f"Sure! Here is the JSON:\n\n{GOOD}", RUL, NO_EFFUSION, "words around", None),
    "words behind": (f"{GOOD}\n\nLet me know if you need more.", RUL, NO_EFFUSION, "words around", None),
    "thoughts before": (f"<think>The nodule is in {{RUL}}.</think>{GOOD}", RUL, NO_EFFUSION, "words around", None),
    "a draft in its thoughts": (
        f"<think>{GOOD.replace('rul', 'lll')} or not?</think>{GOOD}",
        RUL,
        NO_EFFUSION,
        "words around",
        None,
    ),
    "blanks and lines": (GOOD.replace(":", ": ").replace(",", ",\n  "), RUL, NO_EFFUSION, None, None),
    "an object around": (f'{{"answer": {{"findings": {GOOD}}}}}', RUL, NO_EFFUSION, None, None),
    "a list around": (f"[{GOOD}]", RUL, NO_EFFUSION, None, None),
    "goes on with a report of its own": (
        f'{GOOD}\n\nExample 3\n<report>\nA mass.\n</report>\nKeys: mass\nAnswer:\n{{"mass":{{"status":"present"}}}}',
        RUL,
        NO_EFFUSION,
        "words around",
        None,
    ),
    "answers twice, differently": (
        f'{GOOD}\n{{"nodules":{{"status":"absent","located_in":[]}}}}',
        RUL,
        NO_EFFUSION,
        "several answers",
        None,
    ),
    "an object for each key": (
        '{"nodules":{"status":"present","located_in":["rul"]}}\n{' + EFFUSION + "}",
        RUL,
        NO_EFFUSION,
        "several answers",
        None,
    ),
    "a list of keys": (
        '[{"key":"nodules","status":"present","located_in":["rul"]},{"key":"pleural_effusion","status":"absent"}]',
        RUL,
        NO_EFFUSION,
        "left out",
        None,
    ),
    # Signs.
    "trailing commas": (
        '{"nodules":{"status":"present","located_in":["rul",],},' + EFFUSION + ",}",
        RUL,
        NO_EFFUSION,
        "comma too many",
        None,
    ),
    "missing commas": (
        '{"nodules":{"status":"present" "located_in":["rul"]}\n' + EFFUSION + "}",
        RUL,
        NO_EFFUSION,
        "comma missing",
        None,
    ),
    "single quotation marks": (GOOD.replace('"', "'"), RUL, NO_EFFUSION, "quotation marks", None),
    "typographic quotation marks": (GOOD.replace('"', "\u201d"), RUL, NO_EFFUSION, "quotation marks", None),
    "full-width punctuation": (
        '\uff5b"nodules"\uff1a\uff5b"status"\uff1a"present"\uff0c"located_in"\uff1a\uff3b"rul"\uff3d\uff5d\uff0c'
        '"pleural_effusion"\uff1a\uff5b"status"\uff1a"absent"\uff5d\uff5d',
        RUL,
        NO_EFFUSION,
        "full-width",
        None,
    ),
    "full-width words": (GOOD.replace("rul", "\uff32\uff35\uff2c"), RUL, NO_EFFUSION, "other words", None),
    "no quotation marks": (GOOD.replace('"', ""), RUL, NO_EFFUSION, "without quotation marks", None),
    "comments": (
        '{"nodules":{"status":"present", // solid\n"located_in":["rul"]},' + EFFUSION + "}",
        RUL,
        NO_EFFUSION,
        "comments",
        None,
    ),
    "a bracket too few": (
        '{"nodules":{"status":"present","located_in":["rul"]},"pleural_effusion":{"status":"absent","has_side":[]}',
        RUL,
        NO_EFFUSION,
        "cut end",
        None,
    ),
    "the bracket of a list missing": (
        '{"nodules":{"status":"present","located_in":["rul"},' + EFFUSION + "}",
        RUL,
        NO_EFFUSION,
        "brackets",
        None,
    ),
    "the bracket of a key missing": (
        '{"nodules":{"status":"present","located_in":["rul"],' + EFFUSION + "}}",
        RUL,
        NO_EFFUSION,
        None,
        None,
    ),
    # Cut: values might be missing, so the key has no answer.
    "cut in the second key": (GOOD[:-8], RUL, None, "cut end", "pleural_effusion: cut off"),
    "cut in a list": (GOOD[:49], None, None, "cut end", "nodules: cut off"),
    "cut in a word": (GOOD[:30], None, None, "cut end", "nodules: cut off"),
    "cut at once": ('{"nodules', None, None, "cut end", "no answer"),
    # Names.
    "Rt lung": (GOOD.replace("rul", "Rt lung"), ("present", "right_lung"), NO_EFFUSION, "other words", None),
    "capitals": (GOOD.replace("rul", "RUL"), RUL, NO_EFFUSION, "other words", None),
    "the label of a value": (GOOD.replace("rul", "Right upper lobe"), RUL, NO_EFFUSION, "other words", None),
    "a wording of the lexicon": (GOOD.replace("rul", "upper lobe of the right lung"), RUL, NO_EFFUSION, "other", None),
    "both lungs": (
        GOOD.replace("rul", "both lungs"),
        ("present", "right_lung", "left_lung"),
        NO_EFFUSION,
        "other words",
        None,
    ),
    "the label of a key": (
        GOOD.replace("pleural_effusion", "Pleural effusion"),
        RUL,
        NO_EFFUSION,
        "another name",
        None,
    ),
    "a key in the singular": (GOOD.replace("nodules", "nodule"), RUL, NO_EFFUSION, "another name", None),
    "location for located_in": (GOOD.replace("located_in", "location"), RUL, NO_EFFUSION, "another shape", None),
    "a place that is none": (
        GOOD.replace('"rul"', '"rul","mediastinum"'),
        RUL,
        NO_EFFUSION,
        None,
        "nodules.located_in: 1 of the values",
    ),
    "a place of another relation": (
        '{"nodules":{"status":"present","located_in":["rul"]},"pleural_effusion":{"status":"present","has_side":["rll"]}}',
        RUL,
        ("present",),
        None,
        "pleural_effusion.has_side: 1 of the values",
    ),
    "a key that was not asked": (
        GOOD[:-1] + ',"mass":{"status":"present","located_in":["lll"]}}',
        RUL,
        NO_EFFUSION,
        "not asked about: 1",
        None,
    ),
    "an invented key": (GOOD[:-1] + ',"heart":"normal"}', RUL, NO_EFFUSION, "not asked about: 1", None),
    "an invented field": (
        GOOD.replace('"present",', '"present","size":"8 mm",'),
        RUL,
        NO_EFFUSION,
        "field that was not asked for",
        None,
    ),
    "a key left out": (
        '{"nodules":{"status":"present","located_in":["rul"]}}',
        RUL,
        None,
        None,
        "pleural_effusion: no answer",
    ),
    # Statuses.
    "yes": (GOOD.replace('"present"', '"Yes"'), RUL, NO_EFFUSION, "other words", None),
    "true": (GOOD.replace('"present"', "true"), RUL, NO_EFFUSION, "other words", None),
    "negative": (GOOD.replace('"absent"', '"negative"'), RUL, NO_EFFUSION, "other words", None),
    "probable": (GOOD.replace('"present"', '"probable"'), ("uncertain", "rul"), NO_EFFUSION, "other words", None),
    "a status of its own": (GOOD.replace('"present"', '"severe"'), None, NO_EFFUSION, None, "nodules.status: not one"),
    "a status alone": ('{"nodules":"present","pleural_effusion":"absent"}', ("present",), NO_EFFUSION, "shape", None),
    "a list alone": (
        '{"nodules":["rul"],"pleural_effusion":"absent"}',
        (None, "rul"),
        NO_EFFUSION,
        "nodules.status: left out",
        None,
    ),
    "no status and no place": ('{"nodules":{},' + EFFUSION + "}", None, NO_EFFUSION, None, "nodules.status: no answer"),
    # Values in other shapes.
    "a place without a list": (GOOD.replace('["rul"]', '"rul"'), RUL, NO_EFFUSION, "another shape", None),
    "places in one text": (
        GOOD.replace('["rul"]', '"RUL, LLL and lingula"'),
        ("present", "rul", "left_lingula", "lll"),
        NO_EFFUSION,
        "other words",
        None,
    ),
    "truths": (GOOD.replace('["rul"]', '{"rul":true,"rml":false}'), RUL, NO_EFFUSION, "another shape", None),
    "null for no place": (GOOD.replace('["rul"]', "null"), ("present",), NO_EFFUSION, "another shape", None),
    "a word for no place": (GOOD.replace('"rul"', '"none"'), ("present",), NO_EFFUSION, "word for nothing", None),
    "a place twice": (GOOD.replace('"rul"', '"rul","rul"'), RUL, NO_EFFUSION, None, None),
    "places in another order": (
        GOOD.replace('"rul"', '"lll","rul"'),
        ("present", "rul", "lll"),
        NO_EFFUSION,
        None,
        None,
    ),
    # A field told twice: of a status the strongest counts, of places all.
    "a status twice": (
        GOOD.replace('"status":"present"', '"status":"absent","status":"present"'),
        RUL,
        NO_EFFUSION,
        "status: told twice",
        None,
    ),
    "a list of places twice": (
        GOOD.replace('"located_in":["rul"]', '"located_in":["rul"],"located_in":["rll"]'),
        ("present", "rul", "rll"),
        NO_EFFUSION,
        "located_in: told twice",
        None,
    ),
    # A key told twice: all of it counts.
    "a key twice": (
        '{"nodules":{"status":"uncertain","located_in":["rul"]},"nodules":{"status":"present","located_in":["lll"]},'
        + EFFUSION
        + "}",
        ("present", "rul", "lll"),
        NO_EFFUSION,
        "told more than once",
        None,
    ),
    "a key twice, once denied": (
        '{"nodules":{"status":"absent","located_in":[]},"nodules":{"status":"present","located_in":["lll"]},'
        + EFFUSION
        + "}",
        ("present", "lll"),
        NO_EFFUSION,
        "told more than once",
        None,
    ),
    # Nothing to read.
    "prose": ("There is a nodule in the right upper lobe and no effusion.", None, None, None, "no JSON object"),
    "nothing": ("", None, None, None, "no JSON object"),
    "an empty object": ("{}", None, None, None, "no answer"),
    "an error message": ('{"error":"I cannot help with medical advice"}', None, None, None, "no answer"),
    "the form of the form": ('{"type":"object","properties":{}}', None, None, None, "no answer"),
    "brackets without end": ("{" * 400, None, None, None, "no answer"),
}


@pytest.fixture(scope="module")
def slots(chest_ct):
    return relation_rounds(chest_ct.schema)[0].asked({"nodules", "pleural_effusion"}, set())


@pytest.fixture(scope="module")
def names(chest_ct):
    return Names(chest_ct.schema, chest_ct.lexicon)


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in ROWS.items()])
def test_read(row, slots, names):
    text, nodules, effusion, mended, fault = row
    answer = read(text, slots, names)
    assert understood(answer, "nodules", "located_in") == nodules
    assert understood(answer, "pleural_effusion", "has_side") == effusion
    assert answer.missing == tuple(
        key for key, wanted in (("nodules", nodules), ("pleural_effusion", effusion)) if wanted is None
    )
    assert mended is None or any(mended in note for note in answer.mended), answer.mended
    assert any(fault in note for note in answer.faults) if fault else answer.faults == ()
    assert answer.kept_to_form == (text == FORM)


def understood(answer, key, relation):
    if key not in answer.rows:
        return None
    row = answer.rows[key]
    return (row.get("status", (None,))[0], *row.get(relation, ()))


def test_nothing_is_lost_without_a_word(slots, names):
    """What is not exactly the form is noted as mended or as a fault, but for white space and the order of values."""
    harmless = {"as asked", "lists with blanks"}
    silent = set()
    for name, (text, *_) in ROWS.items():
        answer = read(text, slots, names)
        if not answer.mended and not answer.faults:
            silent.add(name)
    assert silent - harmless == set()


def test_the_words_of_an_answer_are_in_no_note(slots, names):
    """They may be the report's."""
    text = '{"nodules":{"status":"ZEBRAFISH","located_in":["QUOKKA"]},"WOMBAT":"x","pleural_effusion":"EMU"} KIWI'
    answer = read(text, slots, names)
    notes = " ".join((*answer.mended, *answer.faults))
    assert answer.faults
    for word in ("ZEBRAFISH", "QUOKKA", "WOMBAT", "EMU", "KIWI"):
        assert word.lower() not in notes.lower()


@pytest.mark.parametrize("length", range(len(GOOD)))
def test_a_cut_answer_never_says_less_than_the_whole_one_without_saying_so(length, slots, names):
    """Wherever it is cut: a key has its whole answer or none, and a missing one is a fault."""
    whole = read(GOOD, slots, names)
    answer = read(GOOD[:length], slots, names)
    for key, row in answer.rows.items():
        assert row == whole.rows[key]
    assert bool(answer.faults) == bool(answer.missing)
    assert {*answer.rows, *answer.missing} == {"nodules", "pleural_effusion"}


@given(st.lists(st.sampled_from([*'{}[]",: \n\\', "nodules", "status", "present", "rul", "located_in", "右", "\x00"])))
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_read(slots, names, pieces):
    answer = read("".join(pieces), slots, names)
    for row in answer.rows.values():
        assert set(row.get("status", ())) <= {"present", "uncertain", "historical", "absent"}
    assert answer.kept_to_form or answer.mended or answer.faults or not answer.missing
