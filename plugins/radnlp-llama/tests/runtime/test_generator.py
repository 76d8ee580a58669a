"""The generator as tasks see it: answers in order, faults told in words, nothing said on the terminal."""

import dataclasses
import multiprocessing
import pickle
import threading
import warnings

import pytest
from radnlp_llama.runtime.generator import LlamaGenerator, RuntimeOptions

from radnlp.api import ConfigError, Fixed, GenerationRequest, OneOf, ProviderError, SomeOf

SECRET = "Patient Zyxwv has a nodule."


def test_what_is_shown_is_what_the_model_reads(opened, questions):
    generator, request = opened(), questions(1)[0]
    shown = generator.shown(request)
    assert shown.startswith("<|begin|><|turn|>user\nRead the report.") and shown.endswith("<|end|><|turn|>assistant\n")
    assert generator.generate([request])[0].counts["prompt_tokens"] == len(tokens_of(generator, shown))


def tokens_of(generator, text):
    _, vocabulary, _ = generator._opened()
    return vocabulary._tokens(text, control=True)


def test_a_model_without_template_reads_the_bare_question(opened, questions, random_gguf):
    generator, request = opened(random_gguf(seed=1, chat_template=None)), questions(1)[0]
    assert generator.shown(request) == request.prefix + request.rest
    assert generator.generate([request])[0].score is not None


@pytest.mark.parametrize("batch", [1, 3])
def test_a_report_that_does_not_fit_is_a_fault_of_its_own(opened, questions, batch):
    fitting = questions(2)
    long = dataclasses.replace(fitting[0], id="long", rest=SECRET * 40)
    first, second, third = opened(n_ctx=700, batch=batch).generate([fitting[0], long, fitting[1]])
    assert second.fault == "context_overflow" and second.text == "" and not second.finished
    assert second.counts["prompt_tokens"] > 700 and second.counts["calls"] == 0
    assert first.fault is third.fault is None
    assert [first.text, third.text] == [answer.text for answer in opened(batch=batch).generate(fitting)]


def test_no_report_fits(opened, questions):
    answers = opened(n_ctx=20).generate(questions(2))
    assert [answer.fault for answer in answers] == ["context_overflow"] * 2


def test_the_longest_answer_has_to_fit_not_the_one_that_comes(opened):
    """No answer can be cut: a question to which a long answer would be possible is not begun."""
    words = tuple(f'"{"x" * 30}{number}"' for number in range(10))
    form = (SomeOf(name="words", options=words),)
    request = GenerationRequest(id="r", prefix="a" * 50, rest="b" * 50, form=form)
    generator = opened(n_ctx=256)
    assert generator.check_form(request) == 10 * 33 + 9 + 1
    assert generator.generate([request])[0].fault == "context_overflow"
    short = dataclasses.replace(request, form=(SomeOf(name="words", options=words, most=2),))
    assert generator.generate([short])[0].fault is None


def test_a_form_of_200_values(opened):
    options = tuple(f'"place_{number:03}"' for number in range(200))
    parts = (Fixed(text='{"in":['), SomeOf(name="in", options=options, most=4), Fixed(text="}"))
    requests = [GenerationRequest(id=str(n), prefix="Where? ", rest=f"Nodule {n}. ", form=parts) for n in range(4)]
    fast, slow = (opened(batch=batch).generate(requests) for batch in (4, 1))
    assert [answer.text for answer in fast] == [answer.text for answer in slow]
    assert all(set(answer.choices[0].chosen) <= set(options) for answer in fast)


def test_a_form_that_cannot_be_is_refused_before_the_first_report(opened):
    request = GenerationRequest(id="r", prefix="a", rest="b", form=(OneOf(name="x", options=("1", "10")),))
    with pytest.raises(ConfigError, match="'10' begins with '1'"):
        opened().check_form(request)


def test_an_answer_without_form(opened):
    (answer,) = opened().generate([GenerationRequest(id="r", prefix="a", rest="b", most=5)])
    assert answer.score is None and answer.choices == ()
    assert answer.finished is False and answer.counts["calls"] == 5


def test_none_asked_none_answered(opened):
    assert opened().generate([]) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"n_ctx": 20000}, "trained on 16384 tokens"),
        ({"n_ctx": -1}, "trained on 16384 tokens"),
        ({"n_gpu_layers": -2}, "-1 for all layers"),
        ({"threads": -1}, "how many threads"),
        ({"batch": 0}, "1 to 64"),
        ({"batch": 65}, "1 to 64"),
    ],
)
def test_options_that_cannot_be(random_gguf, options, words):
    with pytest.raises(ConfigError, match=words):
        LlamaGenerator(random_gguf(seed=1), options=RuntimeOptions(**options))


def test_layers_for_a_device_that_this_build_does_not_know(random_gguf):
    import llama_cpp

    if llama_cpp.llama_supports_gpu_offload():
        pytest.skip("this build knows a device")
    generator = LlamaGenerator(random_gguf(seed=1), options=RuntimeOptions(threads=1))
    request = GenerationRequest(id="r", prefix="a", rest="b", most=1)
    with pytest.warns(RuntimeWarning, match="CPU only.*DGGML_CUDA=on"):
        generator.generate([request])
    assert generator.offloaded is None
    generator.close()
    quiet = LlamaGenerator(random_gguf(seed=1), options=RuntimeOptions(threads=1, n_gpu_layers=0))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        quiet.generate([request])
    quiet.close()


@pytest.mark.parametrize("batch", [1, 4])
def test_nothing_is_said_on_the_terminal(opened, questions, capfd, batch):
    requests = [dataclasses.replace(request, rest=SECRET + request.rest) for request in questions(3)]
    generator = opened(batch=batch)
    generator.generate(requests)
    generator.close()
    assert capfd.readouterr() == ("", "")


def test_closed_it_opens_again(opened, questions):
    generator, asked = opened(), questions(2)
    before = generator.generate(asked)
    generator.close()
    assert generator.generate(asked) == before


def test_a_pickled_copy_opens_the_model_anew(opened, questions):
    generator, asked = opened(), questions(2)
    before = generator.generate(asked)
    copy = pickle.loads(pickle.dumps(generator))  # noqa: S301
    assert copy.generate(asked) == before
    copy.close()


def test_threads_take_turns(opened, questions):
    generator, asked = opened(batch=2), questions(4)
    expected, answers = generator.generate(asked), []
    threads = [threading.Thread(target=lambda: answers.append(generator.generate(asked))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 3


def _asked_in_a_fork(generator, asked, answer):
    try:
        generator.generate(asked)
    except ProviderError as error:
        answer.put(str(error))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system does not fork")
def test_a_fork_is_told_what_to_do_instead(opened, questions):
    generator, asked = opened(), questions(1)
    generator.generate(asked)
    fork = multiprocessing.get_context("fork")
    answer = fork.Queue()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking with threads around is what this is about
        child = fork.Process(target=_asked_in_a_fork, args=(generator, asked, answer))
        child.start()
    assert "batch=N" in answer.get(timeout=60)
    child.join()
