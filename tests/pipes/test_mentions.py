"""The schema's terms, found in the sentences of a report."""

from radnlp.pipes import MentionStage, TextStage
from radnlp.pipes.draft import Draft
from radnlp.records import Lexicon, Report


def matches(lexicon, text):
    drafts = [Draft(report=Report(id="r1", text=text))]
    for stage in (TextStage(lexicon), MentionStage(lexicon)):
        stage.work(drafts)
    return [(text[match.start : match.end], match.entities, match.sentence) for match in drafts[0].matches]


def test_terms_are_matched_with_their_sentence(lexicon):
    assert matches(lexicon, "Nodules in RUL. MASS  in both\nlungs") == [
        ("Nodules", ("nodules",), 0),
        ("RUL", ("rul",), 0),
        ("MASS", ("mass",), 1),
    ]


def test_without_terms_or_text_nothing_is_matched(lexicon):
    assert matches(Lexicon(languages=("en",)), "Nodule.") == []
    assert matches(lexicon, "") == []
