"""`radnlp llama synthesize`: the questions out, another model's answers in."""

import argparse
import json
import re
import shlex
from importlib.resources import files

import pytest
from radnlp_llama.commands import synthesize

from radnlp.api import RadnlpError
from radnlp.cli.host import Host

pytest.importorskip("radnlp_ja")


@pytest.fixture
def command(capsys):
    """Runs it; exit status and what it said."""

    def run(*arguments):
        parser = argparse.ArgumentParser(prog="radnlp llama synthesize")
        synthesize.add_arguments(parser)
        status = synthesize.run(parser.parse_args([str(argument) for argument in arguments]), Host())
        return status, capsys.readouterr().err

    return run


def answered(folder, *, name="somebody"):
    """Answers to the open requests of a folder, as another model would give them back."""
    path = folder.with_name(f"{folder.name}-{len(list(folder.parent.glob('*.answers.jsonl')))}.answers.jsonl")
    with path.open("w", encoding="utf-8") as file:
        for number, line in enumerate((folder / "requests.jsonl").read_text("utf-8").splitlines()):
            row = json.loads(line)
            if row["id"].endswith("/report"):
                sentences = [f"{number + 1}日前の検査と比較しました。"]
                sentences += [f"右第{n}肋骨の{number + 1}cm外側に骨折を認めます。" for n in range(1, 7)]
                text = json.dumps({"sentences": [*sentences, f"肝臓{number}に異常を認めません。"]}, ensure_ascii=False)
            else:
                report = row["prompt"].rpartition("報告書\n")[2]
                numbers = re.findall(r"^\[(\d+)\]", report, re.MULTILINE)
                text = json.dumps({n: "background" if n == "1" else "positive" for n in numbers})
            answer = {"request": row["request"], "answer": f"```json\n{text}\n```", "model": name}
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return path


def test_the_questions_go_out_and_the_answers_come_back(command, tmp_path):
    out = tmp_path / "out"
    given = ("--schema", "ja_ct", "--reports", 12, "--seed", 5, "-o", out)
    status, said = command(*given, "--dry-run")
    assert (status, said) == (0, f"radnlp: 12 requests -> {out / 'requests.jsonl'}\n")
    assert sorted(path.name for path in out.iterdir()) == ["requests.jsonl", "run.json"]

    reports = answered(out)
    status, said = command(*given, "--answers", reports, "--resume")
    assert status == 1
    assert "0 of 12 reports kept" in said
    assert f"12 reports wait for an answer to {out / 'requests.jsonl'}" in said

    labels = answered(out, name="somebody else")
    status, said = command(*given, "--answers", reports, "--answers", labels, "--resume")
    assert status == 0
    assert "12 of 12 reports kept (train 10, validation 1, test 1)" in said
    assert not (out / "requests.jsonl").exists()
    rows = [json.loads(line) for line in (out / "train.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 10
    assert {(row["generator"], row["labels_generator"]) for row in rows} == {("somebody", "somebody else")}
    assert all(row["labels"] == ["background"] + ["positive"] * 7 for row in rows)


def test_answers_to_other_questions_are_told(command, tmp_path):
    given = ("--schema", "ja_ct", "--reports", 3)
    command(*given, "--seed", 1, "--dry-run", "-o", tmp_path / "one")
    status, said = command(*given, "--seed", 2, "--answers", answered(tmp_path / "one"), "-o", tmp_path / "two")
    assert status == 1
    assert "3 of the 3 answers belong to no request of this run; they were not used" in said


def test_splits_of_ones_own(command, tmp_path):
    out = tmp_path / "out"
    given = ("--schema", "ja_ct", "--reports", 4, "-o", out)
    command(*given, "--dry-run")
    reports = answered(out)
    command(*given, "--answers", reports, "--resume")
    assert (out / "train.jsonl").exists()
    split = ("--split", "learn=3,check=1")
    _, said = command(*given, "--answers", reports, "--answers", answered(out), "--resume", *split)
    assert "(learn 3, check 1)" in said
    assert len((out / "learn.jsonl").read_text("utf-8").splitlines()) == 3
    assert not (out / "train.jsonl").exists()  # the call before had made it


@pytest.mark.parametrize(
    "arguments, fault",
    [
        ((), "who is to answer? give --model FILE.gguf, --answers FILE.jsonl, or --dry-run"),
        (("--dry-run", "--model", "a.gguf"), "--dry-run asks nobody, and --model names whom to ask"),
        (("--dry-run", "--recipe", "chest_ct"), "recipe chest_ct is for the schema 'chest_ct', not 'ja_ct'"),
        (("--dry-run", "--recipe", "ja"), "there is no recipe 'ja'"),
        (("--answers", "gone.jsonl"), "gone.jsonl: cannot be read"),
    ],
)
def test_wrong_use_is_told_before_anything_is_written(arguments, fault, command, tmp_path):
    with pytest.raises(RadnlpError) as error:
        command("--schema", "ja_ct", "-o", tmp_path / "out", *arguments)
    assert fault in str(error.value)
    assert not (tmp_path / "out").exists()


def test_a_schema_without_a_recipe(command, tmp_path):
    with pytest.raises(RadnlpError, match="there is no recipe for the schema 'brain_mri'"):
        command("--schema", "brain_mri", "--dry-run", "-o", tmp_path / "out")


@pytest.mark.parametrize("split", ["train", "train=0", "train=1,train=2", "../x=1", "rejected=1"])
def test_splits_that_are_none(split, command, tmp_path, capsys):
    with pytest.raises(SystemExit):
        command("--schema", "ja_ct", "--dry-run", "--split", split, "-o", tmp_path / "out")
    assert "argument --split" in capsys.readouterr().err


def test_a_folder_in_use_and_another_seed(command, tmp_path):
    given = ("--schema", "ja_ct", "--reports", 2, "--dry-run", "-o", tmp_path / "out")
    command(*given)
    with pytest.raises(RadnlpError, match="is not empty; --resume goes on with it"):
        command(*given)
    with pytest.raises(RadnlpError, match="the run in it has seed = 1, this one 2"):
        command(*given, "--resume", "--seed", 2)


def test_english_chest_ct_asks_for_statuses(command, tmp_path):
    out = tmp_path / "out"
    assert command("--schema", "chest_ct", "--reports", 2, "--dry-run", "-o", out)[0] == 0
    rows = [json.loads(line) for line in (out / "requests.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 2
    assert all("Answer with JSON" in row["prompt"] for row in rows)


def test_the_example_in_the_help_runs_as_it_stands(command, tmp_path, monkeypatch):
    parser = argparse.ArgumentParser()
    synthesize.add_arguments(parser)
    (line,) = re.findall(r"^  radnlp llama synthesize (.*)$", parser.description, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    assert command(*shlex.split(line))[0] == 0


def test_a_model_here(command, tmp_path, opened, random_gguf):
    """Random weights write no report: everything is asked once, and everything is put aside with its reason."""
    opened()  # skips without llama_cpp
    text = (files("radnlp_llama.synthesis.recipes") / "ja_ct.toml").read_text("utf-8")
    recipe = tmp_path / "small.toml"
    recipe.write_text(re.sub(r"(sentence|report)_tokens = \d+", r"\1_tokens = 40", text), "utf-8")
    out = tmp_path / "out"
    given = ("--schema", "ja_ct", "--recipe", recipe, "--reports", 6, "--model", random_gguf(seed=1), "-o", out)
    status, said = command(*given, "--threads", 1, "--batch", 4, "--n-gpu-layers", 0)
    assert status == 1
    assert "0 of 6 reports kept" in said
    rows = [json.loads(line) for line in (out / "rejected.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 6
    assert {row["stage"] for row in rows} == {"report"}
    assert {row["reason"] for row in rows} <= {
        "empty",
        "wrong_language",
        "too_short",
        "repeated_sentence",
        "cut_sentence",
    }
    assert all(re.fullmatch(r"model\d+\.gguf sha256:[0-9a-f]{16}", row["generator"]) for row in rows)
    assert sorted(path.name for path in (out / "parts").iterdir()) == ["000000.jsonl", "000001.jsonl"]
