"""Training, end to end on a dozen invented reports: it learns them, writes the same bytes twice, follows its slope."""

import json

import numpy as np
import pytest

pytest.importorskip("scipy", reason="training needs the extra 'train'")

from radnlp_ja.cues import CLASSES
from radnlp_ja.linear.classifier import LinearClassifier
from radnlp_ja.linear.encoding import Views
from radnlp_ja.linear.weights import load
from radnlp_ja.training.__main__ import main
from radnlp_ja.training.fit import fit
from radnlp_ja.training.objective import Objective, Options, Problem
from radnlp_ja.training.reports import examples, read, report_of, view_of

ORGANS = ("肝臓", "脾臓", "膵臓", "右腎", "左副腎", "胃")


@pytest.fixture
def labelled(tmp_path):
    """Twelve reports of one pattern: an examination, a finding, its description, a denial."""
    path = tmp_path / "train.jsonl"
    lines = []
    for number in range(12):
        organ, other = ORGANS[number % 6], ORGANS[(number + 1) % 6]
        sentences = {
            "腹部CTを施行しました。": 0,
            f"{organ}に{number + 3}mm大の結節を認めます。": 1,
            "辺縁は明瞭です。": 3,
            f"{other}に異常を認めません。": 2,
        }
        row = {"finding_lines": list(sentences), "sentence_class": json.dumps(sentences, ensure_ascii=False)}
        lines.append(json.dumps(row, ensure_ascii=False))
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_it_learns_the_pattern_and_carries_it_to_another_organ(labelled):
    weights = fit(examples(labelled, Views()), labels=CLASSES, views=Views(), rounds=30)
    sentences = [
        "骨盤CTを施行しました。",
        "膀胱に5mm大の結節を認めます。",
        "辺縁は明瞭です。",
        "子宮に異常を認めません。",
    ]
    (labels,) = LinearClassifier(weights, _cues()).label([view_of(report_of("new", sentences))])
    assert [label.label for label in labels] == ["background", "positive", "continuation", "negative"]
    assert all(0.25 < label.score <= 1 for label in labels)


def test_the_command_writes_the_same_bytes_twice(labelled, tmp_path, capsys):
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    assert main([str(labelled), "-o", str(first)]) == 0
    assert main([str(labelled), "-o", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert load(first).card["sentences"] == 48
    assert "sha256" in capsys.readouterr().out


def test_check_tells_when_the_shipped_weights_are_others(labelled, capsys):
    assert main([str(labelled), "--check"]) == 1
    assert "OTHER bytes" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line", ["{", '{"finding_lines": ["a"]}', '{"finding_lines": ["a"], "sentence_class": {"a": 7}}']
)
def test_a_line_that_is_no_labelled_report_is_named(tmp_path, line, capsys):
    path = tmp_path / "bad.jsonl"
    path.write_text(line, "utf-8")
    assert main([str(path)]) == 2
    assert "bad.jsonl:1" in capsys.readouterr().err


def test_labels_and_sentences_are_read_in_order(labelled):
    report, labels = next(read(labelled))
    assert labels == (0, 1, 3, 2)
    assert [report.text[start:end] for start, end in report.sentences][2] == "辺縁は明瞭です。"


@pytest.mark.parametrize("options", [Options(), Options(ridge=2.0), Options(chained=False)])
def test_the_slope_is_that_of_the_loss(options):
    """Against differences of the loss itself, in every direction of a small problem."""
    from scipy.sparse import csr_matrix

    random = np.random.default_rng(0)
    problem = Problem(
        features=csr_matrix(random.normal(size=(7, 3))),
        edges=random.normal(size=(7, 2)),
        labels=np.array([0, 1, 2, 0, 2, 1, 1]),
        lengths=np.array([3, 1, 3]),
        classes=3,
    )
    objective = Objective(problem, options)
    at = random.normal(size=objective.size)
    _, slope = objective(at)
    step = 1e-6
    for number in range(objective.size):
        move = np.zeros(objective.size)
        move[number] = step
        difference = (objective(at + move)[0] - objective(at - move)[0]) / (2 * step)
        assert difference == pytest.approx(slope[number], abs=1e-5)


def test_probabilities_of_a_report_add_up_and_find_its_labels(labelled):
    found = examples(labelled, Views())
    weights = fit(found, labels=CLASSES, views=Views(), rounds=30)
    shares = weights.shares(found[0].encoded, Views())
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert shares.argmax(axis=1).tolist() == [0, 1, 3, 2]


@pytest.mark.parametrize("views", [Views(context=False), Views(mentions=False), Views(sequence=False)])
def test_each_part_of_the_model_can_be_left_out(labelled, views):
    found = examples(labelled, views)
    shares = fit(found, labels=CLASSES, views=views, rounds=30).shares(found[0].encoded, views)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert shares.argmax(axis=1)[[0, 1, 3]].tolist() == [0, 1, 2]


def _cues():
    from radnlp_ja.cues import shipped_cues

    return shipped_cues()
