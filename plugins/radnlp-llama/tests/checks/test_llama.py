"""radnlp doctor on a given model, in words and for programs."""

import json

import pytest
from radnlp_llama.checks.llama import look
from radnlp_llama.checks.settings import SETTINGS

from radnlp.testing import check_check

pytest.importorskip("llama_cpp")
QUICK = {"threads": 1, "prompt_tokens": 64, "answer_tokens": 4, "batch": 3, "n_gpu_layers": 0}


def lines(**settings):
    return {line.name: line for line in look({**SETTINGS, **QUICK, **settings})}


def test_the_contract():
    from radnlp_llama.plugin import radnlp_register_checks

    (check,) = radnlp_register_checks()
    check_check(check)


def test_without_a_model_it_says_how_to_give_one():
    assert lines()["model"].words.endswith("--set llama.model_path=FILE.gguf measures one")


def test_a_model_and_its_speed(random_gguf):
    found = lines(model_path=str(random_gguf(seed=1)))
    assert "llama, 2 layers, trained on 16384 tokens" in found["model"].words
    assert found["layers"].values == {"on_device": 0, "layers": 3}
    speed = found["speed"].values
    assert speed["together"] == 3 and min(value for value in speed.values()) > 0
    assert f"{speed['prompt_tokens_per_second']:,.0f} tokens/s" in found["speed"].words


def test_layers_that_stay_on_the_cpu_are_a_warning(random_gguf):
    import llama_cpp

    if llama_cpp.llama_supports_gpu_offload():
        pytest.skip("this build knows a device")
    line = lines(model_path=str(random_gguf(seed=1)), n_gpu_layers=-1)["layers"]
    assert line.state == "warning" and "0 of 3 layers" in line.words and "reinstall" in line.words


@pytest.mark.parametrize(
    ("settings", "name", "words"),
    [
        ({"model_path": "none.gguf"}, "model", "does not exist"),
        ({"model_path": "none.gguf", "batch": 0}, "model", "batch=0; it must be 1 or more"),
    ],
)
def test_what_cannot_be(settings, name, words):
    line = lines(**settings)[name]
    assert line.state == "failed" and words in line.words


def test_a_model_of_a_short_context_is_not_read_beyond_it(random_gguf):
    from radnlp_llama.runtime.random_gguf import Shape

    found = lines(model_path=str(random_gguf(seed=1, shape=Shape(context=64))), prompt_tokens=512)
    assert found["speed"].state == "ok"


def test_from_the_command_line(random_gguf, capfd):
    from radnlp.cli.main import main

    settings = [f"--set=llama.{name}={value}" for name, value in {**QUICK, "model_path": random_gguf(seed=1)}.items()]
    assert main(["doctor", "llama", "--json", *settings]) == 0
    (row,) = json.loads(capfd.readouterr().out)
    assert [line["name"] for line in row["lines"]] == ["llama_cpp", "build", "devices", "model", "layers", "speed"]
