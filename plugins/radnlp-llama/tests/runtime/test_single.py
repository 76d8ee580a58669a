"""The reference evaluates everything, token by token, for each question anew."""

import pytest

from radnlp.api import ConfigError, Fixed, GenerationRequest, OneOf


def test_a_call_for_every_token(opened):
    side = OneOf(name="side", options=('"right"', '"left"'))
    parts = (Fixed(text="{"), side, Fixed(text="}"))
    request = GenerationRequest(id="r", prefix="Side? ", rest="Nodule. ", form=parts)
    (answer,) = opened(batch=1).generate([request])
    written = {'{"right"}': 8, '{"left"}': 8}  # "ri" is no token of its own, neither is "le"
    assert answer.counts["calls"] in {written[answer.text], written[answer.text] + 1}


def test_the_context_grows_with_the_report(opened):
    side = OneOf(name="side", options=('"right"', '"left"'))
    short, long = (
        GenerationRequest(id="r", prefix="Side? ", rest="Nodule. " * times, form=(side,)) for times in (1, 200)
    )
    generator = opened(batch=1)
    first, second, third = generator.generate([short, long, short])
    assert first == third and second.counts["prompt_tokens"] > 1024


def test_a_model_that_llama_cpp_does_not_know(opened, random_gguf, tmp_path):
    """Its head is in order, but nobody has heard of its architecture."""
    data = random_gguf(seed=1).read_bytes().replace(b"llama", b"lhama")
    (tmp_path / "new.gguf").write_bytes(data)
    generator = opened(tmp_path / "new.gguf")
    with pytest.raises(ConfigError, match=r"cannot open .*new\.gguf: .*lhama"):
        generator.generate([GenerationRequest(id="r", prefix="a", rest="b")])
