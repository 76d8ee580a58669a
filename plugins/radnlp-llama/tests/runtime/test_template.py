"""What the chat template of a model puts around a question."""

import pytest
from radnlp_llama.runtime.template import Surroundings, surroundings

LLAMA_3 = (
    "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + "
    "message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}"
    "{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}"
    "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}"
)


def test_a_template_like_llama_3s():
    around = surroundings(LLAMA_3, bos="<|begin_of_text|>", eos="<|eot_id|>")
    assert around.before == "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n"
    assert around.behind == "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"


def test_no_template_leaves_the_question_as_it_is():
    assert surroundings(None) == Surroundings()


def test_no_date_is_given_to_it():
    """Or the same question would read otherwise tomorrow."""
    dated = "{{ strftime_now('%d') if strftime_now is defined else 'no date' }}{{ messages[0]['content'] }}"
    assert surroundings(dated).before == "no date"


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("{{ messages[0]['content'] }", "fails (TemplateSyntaxError)"),
        ("{{ raise_exception('system message missing') }}", "fails (TemplateError)"),
        ("{{ messages[0]['role'] }}", "does not hold the question"),
        ("{{ messages[0]['content'] * 2 }}", "does not hold the question once"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "fails (SecurityError)"),
    ],
)
def test_a_template_that_cannot_be_used_is_left_out_with_a_warning(template, fault):
    with pytest.warns(RuntimeWarning) as caught:
        assert surroundings(template) == Surroundings()
    assert fault in str(caught[0].message) and "plain text" in str(caught[0].message)
