"""The whole way with a scripted model: nothing is lost, an interrupt costs one batch, and a second run is the same."""

import json
from collections import Counter

import pytest
from radnlp_llama.synthesis.questions import digest_of
from radnlp_llama.synthesis.recorded import Answer
from radnlp_llama.synthesis.rejection import REASONS

from radnlp.api import Generated, ProviderError
from radnlp.evaluation.gold import read_gold
from radnlp.testing import ScriptedLlm


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "parts"
    }


def test_reports_are_written_labelled_and_shared_out(synthesized, author, tmp_path):
    done = synthesized(tmp_path, author.answer)
    assert done.summary["kept"] == done.summary["asked"] == 40
    assert {name: split["reports"] for name, split in done.summary["splits"].items()} == {
        "train": 35,
        "validation": 4,
        "test": 1,
    }
    rows = [json.loads(line) for line in (tmp_path / "train.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        assert row["text"] == "\n".join(row["sentences"])
        assert len(row["labels"]) == len(row["sentences"])
        assert row["attributes"]["site"]
        assert (row["generator"], row["labels_generator"]) == ("scripted", "scripted")
    assert {label for row in rows for label in row["labels"]} == {"background", "positive", "negative", "continuation"}
    asked = {digest_of(request): request for request in done.llm.requests}
    assert all(asked[row["request"]].id == f"{row['id']}/report" for row in rows)
    assert all(asked[row["labels_request"]].id == f"{row['id']}/labels" for row in rows)


def test_as_many_sentences_as_were_asked_for(synthesized, author, tmp_path):
    outcome = synthesized(tmp_path, author.answer).outcome
    assert all(len(row.sentences) == row.case.sentences for row in outcome.labelled)


def test_two_runs_write_the_same_bytes_and_another_seed_others(synthesized, author, tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        synthesized(tmp_path / name, author.answer, seed=seed)
    first, again, other = (files(tmp_path / name) for name in "abc")
    assert first == again
    assert first["train.jsonl"] != other["train.jsonl"]


@pytest.mark.parametrize("survived", [0, 1, 3, 6, 9.5])
def test_an_interrupted_run_goes_on_where_it_was(survived, synthesized, author, tmp_path):
    """40 reports and 40 sets of labels in batches of 8 are ten calls; a call that was interrupted is asked whole."""
    synthesized(tmp_path / "whole", author.answer)

    left = int(8 * survived)

    def interrupted(request):
        nonlocal left
        if left == 0:
            raise KeyboardInterrupt
        left -= 1
        return author.answer(request)

    with pytest.raises(KeyboardInterrupt):
        synthesized(tmp_path / "cut", interrupted)
    assert not (tmp_path / "cut" / "train.jsonl").exists()
    went_on = synthesized(tmp_path / "cut", author.answer, resume=True)
    assert len(went_on.llm.requests) == 80 - 8 * int(survived)
    assert files(tmp_path / "cut") == files(tmp_path / "whole")


def test_a_finished_run_asks_nobody_again(synthesized, author, tmp_path):
    synthesized(tmp_path, author.answer)
    before = files(tmp_path)
    assert synthesized(tmp_path, author.answer, resume=True).llm.requests == []
    assert files(tmp_path) == before


def test_what_is_no_report_is_counted_by_reason_and_kept_apart(synthesized, author, tmp_path):
    """Each sixth or so of the answers is spoilt in another way; the rest is kept."""
    spoilt = {
        0: lambda text: text[: len(text) // 2],
        1: lambda text: "I am sorry, but I cannot write a report.",
        2: lambda text: '{"sentences":["There is a nodule in the lung.","No effusion of the pleura."]}',
        3: lambda text: text.replace("。", "、"),
        4: lambda text: '{"sentences":["右肺に結節があります。","左肺に空洞があり、肝臓は正常で、胸水はありません。"]}',
    }

    def answer(request):
        number = int(request.id.split("-")[2].split("/")[0])
        good = author.answer(request)
        return spoilt[number % 8](good) if request.id.endswith("/report") and number % 8 in spoilt else good

    done = synthesized(tmp_path, answer)
    reasons = {"unreadable": 10, "wrong_language": 5, "cut_sentence": 5, "duplicate": 4}
    assert done.summary["reasons"] == {f"report: {reason}": number for reason, number in reasons.items()}
    assert done.summary["kept"] + done.summary["rejected"] == 40
    rows = [json.loads(line) for line in (tmp_path / "rejected.jsonl").read_text("utf-8").splitlines()]
    assert Counter(row["reason"] for row in rows) == reasons
    assert all(row["answer"] and row["attributes"] and row["reason"] in REASONS for row in rows)
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)


def test_labels_that_are_not_whole_put_the_report_aside(synthesized, author, tmp_path):
    def answer(request):
        text = author.answer(request)
        return text.replace('"1"', '"99"') if request.id in ("ja_ct-1-000003/labels", "ja_ct-1-000007/labels") else text

    done = synthesized(tmp_path, answer)
    assert done.summary["reasons"] == {"labels: label_extra": 2}
    assert [row.case.id for row in done.outcome.rejected] == ["ja_ct-1-000003", "ja_ct-1-000007"]
    assert all(row.sentences for row in done.outcome.rejected)


def test_a_refused_report_moves_no_other_one_to_another_split(synthesized, author, tmp_path):
    synthesized(tmp_path / "all", author.answer)
    synthesized(tmp_path / "some", lambda request: "" if "00001" in request.id else author.answer(request))

    def ids(folder, split):
        return {
            json.loads(line)["id"] for line in (tmp_path / folder / f"{split}.jsonl").read_text("utf-8").splitlines()
        }

    for split in ("train", "validation", "test"):
        assert ids("some", split) == {name for name in ids("all", split) if "00001" not in name}


def test_a_model_without_an_answer_says_why(synthesized, author, tmp_path):
    def answer(request):
        if request.id == "ja_ct-1-000000/report":
            return Generated(text="", fault="context_overflow", finished=False)
        return Generated(text=author.answer(request), finished=request.id != "ja_ct-1-000001/labels")

    done = synthesized(tmp_path, answer)
    assert done.summary["reasons"] == {"labels: unfinished": 1, "report: no_answer": 1}
    assert done.outcome.rejected[0].detail == "context_overflow"


def test_a_model_that_answers_too_little(synthesized, author, tmp_path):
    class Silent(ScriptedLlm):
        def generate(self, requests):
            return super().generate(requests)[1:]

    with pytest.raises(ProviderError, match="scripted: 7 answers to 8 requests"):
        synthesized(tmp_path, None, generator=Silent(author.answer))


def test_answers_from_elsewhere_come_first_and_a_model_fills_up(synthesized, author, tmp_path):
    open_ = synthesized(tmp_path / "dry", None).desk.open
    assert len(open_) == 40
    recorded = {
        digest_of(request): Answer(request=digest_of(request), text=author.answer(request), model="elsewhere")
        for request in open_[:30]
    }
    done = synthesized(tmp_path / "both", author.answer, recorded=recorded)
    assert done.summary["generators"] == {"elsewhere": 30, "scripted": 10}
    assert done.summary["labels_generators"] == {"scripted": 40}
    assert done.desk.unused == 0


def test_without_anybody_to_ask_everything_waits(synthesized, tmp_path):
    done = synthesized(tmp_path, None)
    assert (done.summary["kept"], done.summary["waiting"]) == (0, 40)
    assert len((tmp_path / "requests.jsonl").read_text("utf-8").splitlines()) == 40


def test_another_schema_in_another_language(synthesized, chest_ct, tmp_path):
    """English chest CT: the labels are the keys' statuses, and the reports are gold for findings."""
    keys = [key.id for key in chest_ct.schema.keys]

    def answer(request):
        number = int(request.id.split("-")[2].split("/")[0])
        if request.id.endswith("/report"):
            sentences = [f"A nodule of {number + 2} mm is seen in segment {number % 10 + 1} of the right lung."]
            sentences += [f"The lymph node at station {number} measures {number + 3} mm.", "No pleural effusion."]
            return json.dumps({"sentences": sentences})
        return json.dumps(dict.fromkeys(keys, "none") | {"nodules": "present", "pleural_effusion": "absent"})

    done = synthesized(tmp_path, answer, kind="chest_ct", reports=9)
    assert done.summary["kept"] == 9
    rows = [json.loads(line) for line in (tmp_path / "train.jsonl").read_text("utf-8").splitlines()]
    assert all(row["keys"] == ["nodules"] for row in rows)
    assert all(row["statuses"] == {"nodules": "present", "pleural_effusion": "absent"} for row in rows)
    gold = read_gold(
        "findings",
        tmp_path / "gold" / "train.jsonl",
        schema=chest_ct.schema,
        options={"reports": "train.reports.jsonl"},
    )
    assert {finding.key for extraction in gold.gold for finding in extraction.findings} == {
        "nodules",
        "pleural_effusion",
    }
