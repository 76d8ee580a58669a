"""What a sentence says is worked out once, however often it comes."""

import pickle

from radnlp.records import Term
from radnlp.text import SentenceSplitter, TermMatcher
from radnlp.text.recurring import KEPT, LONGEST, Remembering


class Counter:
    """Counts what it is asked."""

    def __init__(self):
        self.asked = []
        self.words = Remembering(self.split)

    def split(self, sentence, *more):
        self.asked.append((sentence, *more))
        return sentence.split()


def test_a_sentence_is_worked_out_once():
    counter = Counter()
    assert [counter.words("No effusion."), counter.words("No " + "effusion.")] == [["No", "effusion."]] * 2
    assert counter.asked == [("No effusion.",)]


def test_what_is_asked_beside_the_sentence_counts():
    counter = Counter()
    counter.words("Nodule.", ((0, 6, "nodules"),))
    counter.words("Nodule.", ())
    assert counter.asked == [("Nodule.", ((0, 6, "nodules"),)), ("Nodule.", ())]


def test_a_very_long_sentence_is_not_kept():
    counter = Counter()
    sentence = "nodule " * LONGEST
    assert counter.words(sentence) == counter.words(sentence)
    assert len(counter.asked) == 2


def test_ever_new_sentences_do_not_fill_the_memory():
    counter = Counter()
    for number in range(KEPT + 1):
        counter.words(f"{number} mm")
    counter.words(f"{KEPT} mm")
    assert len(counter.asked) == KEPT + 1
    counter.words("0 mm")
    assert len(counter.asked) == KEPT + 2, "the one seen longest ago was forgotten"


def test_another_process_begins_with_nothing_known():
    counter = Counter()
    counter.words("No effusion.")
    other = pickle.loads(pickle.dumps(counter))  # noqa: S301  our own bytes
    assert other.words("No effusion.") == ["No", "effusion."]
    assert len(other.asked) == 2


def test_the_same_sentence_further_on_has_its_own_offsets():
    matcher = TermMatcher([Term(phrase="nodule", entities=("nodules",), owner="terms.toml")])
    text = "One nodule.  One nodule. In the end one nodule."
    found = matcher.find(text, SentenceSplitter([]).split(text))
    assert [(match.start, text[match.start : match.end], match.sentence) for match in found] == [
        (4, "nodule", 0),
        (17, "nodule", 1),
        (40, "nodule", 2),
    ]
