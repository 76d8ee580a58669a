"""From matches and cues to mentions with a status."""

import pytest

from radnlp.pipes import StatusStage
from radnlp.records import EntityKey, EntityValue, Lexicon, Schema, Term


def statuses(extraction):
    return [(mention.entity, mention.status, mention.excluded) for mention in extraction.mentions]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Nodule.", [("nodules", "present", None)]),
        ("No nodule.", [("nodules", "absent", None)]),
        ("Maybe nodule in RUL.", [("nodules", "uncertain", None), ("rul", None, None)]),
        ("No nodule in RUL.", [("nodules", "absent", None), ("rul", None, None)]),
        ("No mass. Nodule.", [("mass", "absent", None), ("nodules", "present", None)]),
        ("Technique: nodule search.", [("nodules", "present", "technique")]),
        ("Clear.", []),
    ],
)
def test_status_of_each_mention(read, text, mentions):
    (extraction,) = read(text)
    assert statuses(extraction) == mentions


def test_a_mention_carries_its_cues_section_and_sentence_and_a_place_has_no_cue(read):
    (extraction,) = read("Findings: mass. No nodule in RUL.")
    mass, nodule, place = extraction.mentions
    assert [(cue.text, cue.category) for cue in nodule.cues] == [("No", "negated")]
    assert (nodule.section, nodule.sentence, nodule.type) == ("findings", 1, "lesion")
    assert (mass.cues, place.cues, place.type) == ((), (), "location")


def test_the_engine_is_asked_once_for_a_sentence_and_not_about_places(read):
    asked = []

    class Listening:
        def cues(self, text, start, end, targets):
            asked.append((text[start:end], [text[a:b] for a, b, _ in targets]))
            return [() for _ in targets]

    read("Nodule and mass in RUL. Clear LLL. Nodules.", engine=Listening())
    assert asked == [("Nodule and mass in RUL.", ["Nodule", "mass"]), ("Nodules.", ["Nodules"])]


def test_one_match_may_be_several_mentions(schema):
    both = Schema(
        id="x",
        version="1.0.0",
        title="X",
        languages=("en",),
        source="",
        keys=(EntityKey(id="nodules", type="lesion", label="N"), EntityKey(id="ggo", type="lesion", label="G")),
        values=(EntityValue(id="rul", type="location", label="RUL"),),
    )
    from radnlp.pipes import MentionStage, TextStage
    from radnlp.pipes.draft import Draft
    from radnlp.records import Report

    class Silent:
        def cues(self, text, start, end, targets):
            return [() for _ in targets]

    words = Lexicon(languages=("en",), terms=(Term(phrase="ggn in rul", entities=("nodules", "ggo", "rul"), owner=""),))
    drafts = [Draft(report=Report(id="r1", text="GGN in RUL"))]
    for stage in (TextStage(words), MentionStage(words), StatusStage(both, Silent())):
        stage.work(drafts)
    assert [(m.entity, m.status, m.start, m.end) for m in drafts[0].mentions] == [
        ("nodules", "present", 0, 10),
        ("ggo", "present", 0, 10),
        ("rul", None, 0, 10),
    ]


def test_where_the_engine_fails_nothing_is_called_present(read):
    class Failing:
        def cues(self, text, start, end, targets):
            if "secret" in text:
                raise RuntimeError("words of the report")
            return [() for _ in targets]

    fine, guilty = read("Nodule.", "No nodule, secret.", engine=Failing())
    assert (guilty.mentions, guilty.findings) == ((), ())
    assert [(issue.level, issue.code) for issue in guilty.issues] == [("error", "status_failed")]
    assert "words" not in guilty.issues[0].message
    assert statuses(fine) == [("nodules", "present", None)]
