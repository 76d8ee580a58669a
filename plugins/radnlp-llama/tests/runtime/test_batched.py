"""How often the model is asked, and how much it has to read."""

import dataclasses

import pytest

from radnlp.api import Fixed, GenerationRequest, OneOf


@pytest.fixture
def reads(monkeypatch):
    """Every call of llama_decode: the tokens in it."""
    import llama_cpp

    calls, plain = [], llama_cpp.llama_decode
    monkeypatch.setattr(
        llama_cpp, "llama_decode", lambda context, batch: (calls.append(batch.n_tokens), plain(context, batch))[1]
    )
    return calls


def ask(rest, *parts, prefix="Answer in one word. "):
    return GenerationRequest(id="r", prefix=prefix, rest=rest, form=parts)


SIDE = OneOf(name="side", options=('"right"', '"left"'))


def test_one_call_reads_the_question_and_one_more_each_further_choice(opened, reads):
    generator = opened(batch=2)
    second = dataclasses.replace(SIDE, name="other")
    request = ask("Nodule? ", Fixed(text='{"a":'), SIDE, Fixed(text=',"b":'), second, Fixed(text="}"))
    (answer,) = generator.generate([request])
    prefix, question, side = reads  # the prefix, the question with '{"a":"', and what was chosen with ',"b":"'
    assert answer.counts["calls"] == 2
    assert answer.counts["evaluated_tokens"] == question + side
    assert question == answer.counts["prompt_tokens"] - prefix + len(["{", '"', "a", '":', '"'])


def test_what_leaves_no_choice_is_never_asked(opened, reads):
    """40 fixed tokens between two choices cost no call of their own: they are read together with the first choice."""
    generator = opened(batch=2)
    other = dataclasses.replace(SIDE, name="other")
    short, long = (
        ask("Nodule? ", SIDE, Fixed(text=text), other) for text in (",", ", and now in many words the other one, ")
    )
    generator.generate([short])
    few = len(reads)
    reads.clear()
    generator.generate([long])
    assert few - 1 == len(reads) == 2  # the first run read the prefix as well


def test_an_answer_without_any_choice_needs_no_model(opened, reads):
    generator = opened(batch=2)
    request = ask("Nodule? ", Fixed(text="{"), OneOf(name="only", options=('"none"',)), Fixed(text="}"))
    (answer,) = generator.generate([request])
    assert answer.text == '{"none"}' and answer.score == 1.0
    assert answer.counts["calls"] == answer.counts["evaluated_tokens"] == 0
    assert len(reads) == 1  # the prefix


def test_the_prefix_is_read_once(opened, questions, reads):
    generator, asked = opened(batch=4), questions(12)
    generator.generate(asked[:1])
    reads.clear()
    answers = generator.generate(asked[1:])
    assert sum(reads) == sum(answer.counts["evaluated_tokens"] for answer in answers)


def test_every_call_reads_for_all_that_are_waiting(opened, questions, reads):
    asked = questions(12)
    alone = opened(batch=2).generate(asked[:1])[0].counts["calls"]
    generator = opened(batch=12)
    answers = generator.generate(asked)
    longest = max(answer.counts["calls"] for answer in answers)
    assert alone > 1
    assert generator.reads <= longest + 6  # chunks of the questions, and the prefix; not the sum over the reports
    assert generator.reads < sum(answer.counts["calls"] for answer in answers) / 3


def test_what_an_answer_cost_does_not_depend_on_its_company(opened, questions):
    asked = questions(9)
    many = [answer.counts for answer in opened(batch=9).generate(asked)]
    few = [answer.counts for answer in opened(batch=2).generate(asked)]
    assert many == few


def test_two_kinds_of_questions_keep_both_prefixes(opened, reads):
    generator = opened(batch=2)
    first, second = (ask("Nodule? ", SIDE, prefix=text) for text in ("Which side? ", "Say the side: "))
    generator.generate([first, second])
    reads.clear()
    generator.generate([second, first, second])
    assert len(reads) == 2  # questions only: two at once, then one


def test_more_kinds_than_are_kept(opened):
    generator = opened(batch=3)
    asked = [ask("Nodule? ", SIDE, prefix=f"Kind {number}. ") for number in range(7)] * 2
    texts = [answer.text for answer in generator.generate(asked)]
    assert texts[:7] == texts[7:]
    alone = opened(batch=1).generate(asked[:7])
    assert texts[:7] == [answer.text for answer in alone]


def test_a_long_report_among_short_ones(opened):
    """The room grows for it, and what was read before is read again."""
    generator = opened(batch=2)
    short, long = ask("Nodule? ", SIDE), ask("Nodule in the right upper lobe. " * 60, SIDE)
    before = generator.generate([short])[0]
    answers = generator.generate([short, long, short])
    assert answers[0].text == answers[2].text == before.text
    assert answers[1].counts["prompt_tokens"] > 1500
    assert answers[1].counts["calls"] == -(-answers[1].counts["evaluated_tokens"] // 512)


def test_an_interrupt_leaves_the_model_usable(opened, questions, monkeypatch):
    import llama_cpp

    generator, asked = opened(batch=4), questions(10)
    expected = [answer.text for answer in opened(batch=4).generate(asked)]
    plain, left = llama_cpp.llama_decode, [7]

    def interrupted(context, batch):
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return plain(context, batch)

    monkeypatch.setattr(llama_cpp, "llama_decode", interrupted)
    with pytest.raises(KeyboardInterrupt):
        generator.generate(asked)
    assert [answer.text for answer in generator.generate(asked)] == expected
