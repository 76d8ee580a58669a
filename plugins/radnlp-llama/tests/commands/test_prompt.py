"""``radnlp llama prompt``: what the model would read, without a model."""

import pytest

from radnlp.cli.main import main


@pytest.fixture
def report(tmp_path):
    def write(text, name="r.txt"):
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return str(file)

    return write


def test_it_prints_the_prefix_the_report_and_the_question(report, capsys):
    assert main(["llama", "prompt", "--schema", "chest_ct", report("Nodule in the RUL. No mass.")]) == 0
    out = capsys.readouterr().out
    assert out.startswith("You read chest CT reports.")
    assert out.endswith("<report>\nNodule in the RUL. No mass.\n</report>\nKeys: nodules\nAnswer:\n")


def test_it_is_what_the_provider_asks(report, capsys):
    """The command and the pipeline put the question together by the same code."""
    from radnlp_llama.plugin import radnlp_register_relation_mappers
    from radnlp_llama.tasks.providers import relation_mapper

    from radnlp.api import default_catalogue
    from radnlp.pipeline import Assembly
    from radnlp.pipes import Draft
    from radnlp.records import MappingRequest, Report
    from radnlp.testing import ScriptedLlm

    text = "Possible nodules in both lungs; effusion on the left."
    assert main(["llama", "prompt", "--schema", "chest_ct", report(text)]) == 0
    shown = capsys.readouterr().out
    schema, lexicon = default_catalogue().schema("chest_ct")
    llm = ScriptedLlm(lambda request: "{}")
    (offer,) = radnlp_register_relation_mappers()
    mapper = relation_mapper(schema, lexicon, offer.settings, generator=llm)
    assembly, drafts = Assembly.of("chest_ct"), [Draft(report=Report(id="r.txt", text=text))]
    for stage in (assembly.text(), assembly.mentions(), assembly.status(), assembly.keys("rules")):
        stage.work(drafts)
    mapper.map([MappingRequest(view=drafts[0].view(), keys=drafts[0].keys)])
    assert shown == llm.shown(llm.requests[0])


def test_the_second_question_of_a_schema_that_decides_in_steps(report, capsys):
    arguments = ["llama", "prompt", "--schema", "brain_mri", report("Glioblastoma, unchanged.")]
    assert main(arguments) == 0
    assert capsys.readouterr().out.endswith("Question 1, kind of disease: glioma\nAnswer:\n")
    assert main([*arguments, "--answered", '{"glioma":"present"}']) == 0
    out = capsys.readouterr().out
    assert out.endswith('Answer:\n{"glioma":"present"}\nQuestion 2, episodes and kinds: glioma\nAnswer:\n')
    assert main([*arguments, "--answered", '{"glioma":"absent"}']) == 0
    captured = capsys.readouterr()
    assert captured.out == "" and "nothing to ask about" in captured.err


def test_sentences(report, capsys):
    arguments = ["llama", "prompt", "--schema", "ja_ct", "--sentences", report("胸部CT。\n右肺に結節を認めます。")]
    assert main(arguments) == 0
    assert capsys.readouterr().out.endswith("[2] 右肺に結節を認めます。\n</report>\nSentences: 1 to 2\nAnswer:\n")


def test_several_reports_are_told_apart(report, capsys):
    files = [report("A mass.", "a.txt"), report("No mass.", "b.txt"), report("Nodule.", "c.txt")]
    assert main(["llama", "prompt", "--schema", "chest_ct", *files]) == 0
    captured = capsys.readouterr()
    assert captured.out.count("You read chest CT reports.") == 2
    assert "\n=== c.txt\nYou read" in captured.out
    assert "'b.txt': there is nothing to ask about" in captured.err


def test_the_chat_template_of_a_model_stands_around_it(report, capsys, random_gguf):
    model = random_gguf(seed=1)
    assert main(["llama", "prompt", "--schema", "chest_ct", "--model", str(model), report("A mass.")]) == 0
    out = capsys.readouterr().out
    assert "<|turn|>user\nYou read chest CT reports." in out
    assert out.rstrip("\n").endswith("<|turn|>assistant")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--schema", "chest_ct", "--prompt", "knee"], "--prompt='knee': no shipped prompt"),
        (["--schema", "chest_ct", "--reasoning"], "reasoning=true"),
        (["--schema", "chest_ct", "--sentences"], "no prompt for the schema 'chest_ct'"),
        (["--schema", "chest_ct", "--set", "status.engine=native"], "only settings of stage one"),
        (["--schema", "chest_ct", "--model", "nowhere.gguf"], "nowhere.gguf"),
    ],
)
def test_wrong_use_ends_in_one_sentence(report, capsys, options, words):
    assert main(["llama", "prompt", *options, report("A mass.")]) == 2
    captured = capsys.readouterr()
    assert words in captured.err and captured.err.count("\n") == 1
