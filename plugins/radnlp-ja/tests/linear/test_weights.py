"""The file of weights: the same bytes for the same weights, no pickle, and a clear word on a damaged one."""

import io
import json
import zipfile

import numpy as np
import pytest
from radnlp_ja.linear.chain import Chain
from radnlp_ja.linear.classifier import SHIPPED
from radnlp_ja.linear.model import WINDOW, Weights
from radnlp_ja.linear.structure import EDGES
from radnlp_ja.linear.table import table
from radnlp_ja.linear.weights import load, save

from radnlp.api import ConfigError

LABELS = ("background", "positive", "negative", "continuation")


@pytest.fixture
def weights():
    random = np.random.default_rng(1)
    one = table(
        np.array([3, 9, 20, 4000, 70000]), np.ones(5, dtype=np.float16), random.normal(size=(5, 4)), np.zeros(4)
    )
    chain = Chain(steps=np.zeros((len(EDGES), 4, 4)), first=np.zeros(4), last=np.zeros(4))
    return Weights(
        labels=LABELS,
        whole=one,
        alone=one,
        facts=one,
        window=random.normal(size=(len(WINDOW), 4, 4)),
        first=chain,
        second=chain,
        card={"source": "invented"},
    )


def changed(path, **arrays):
    """The file with other members; None takes one out."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, array in arrays.items():
        content = io.BytesIO()
        if array is None:
            del members[f"{name}.npy"]
            continue
        np.save(content, array, allow_pickle=array.dtype == object)
        members[f"{name}.npy"] = content.getvalue()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def card(**fields):
    whole = {"version": 1, "labels": list(LABELS), "edges": list(EDGES), **fields}
    return np.frombuffer(json.dumps(whole).encode(), dtype=np.uint8)


def test_what_was_written_is_read_and_the_bytes_are_the_same_each_time(weights, tmp_path):
    save(weights, tmp_path / "a.npz")
    save(weights, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    read = load(tmp_path / "a.npz")
    assert (read.labels, read.card["source"]) == (LABELS, "invented")
    np.testing.assert_array_equal(read.whole.weights, weights.whole.weights)
    np.testing.assert_array_equal(read.alone.buckets, weights.alone.buckets)
    np.testing.assert_allclose(read.window, weights.window, rtol=1e-6)


def test_eight_bits_keep_a_weight_to_within_half_a_step():
    exact = np.random.default_rng(2).normal(size=(1000, 4))
    kept = table(np.arange(1000), np.ones(1000, dtype=np.float16), exact, np.zeros(4))
    assert len(kept.buckets) == 1000
    assert np.abs(kept.weights * kept.scale - exact).max() <= 0.5001 * kept.scale.max()


def test_features_that_round_to_nothing_are_left_out():
    exact = np.array([[1.0, -1.0], [1e-4, 0.0], [0.0, 0.5]])
    kept = table(np.array([5, 6, 7]), np.ones(3, dtype=np.float16), exact, np.zeros(2))
    assert kept.buckets.tolist() == [5, 7]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9, 0.999])
def test_a_truncated_file_is_refused_by_name(weights, tmp_path, share):
    path = tmp_path / "cut.npz"
    save(weights, path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(ConfigError, match=r"cut\.npz.*damaged"):
        load(path)


def test_a_changed_byte_is_noticed(weights, tmp_path):
    path = tmp_path / "flipped.npz"
    save(weights, path)
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(ConfigError, match=r"flipped\.npz"):
        load(path)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"card": card(version=99)}, "weights of version 99 or for other features; this radnlp-ja reads version 1"),
        ({"card": card(edges=["always"])}, "make the weights again with python -m radnlp_ja.training"),
        ({"whole_weights": np.zeros((5, 3), dtype=np.int8)}, "'whole_weights' is int8 (5, 3); it must be int8 (5, 4)"),
        ({"alone_scale": np.zeros(4, dtype=np.float64)}, "'alone_scale' is float64 (4,); it must be float32 (4,)"),
        ({"facts_buckets": np.array([3, 2, 20, 21, 22], dtype=np.uint32)}, "buckets of 'facts' do not rise"),
        ({"second_chain_last": None}, "'second_chain_last' is missing"),
        ({"window": np.array([{"a": 1}], dtype=object)}, "damaged file (ValueError)"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_reason(weights, tmp_path, arrays, words):
    path = tmp_path / "other.npz"
    save(weights, path)
    changed(path, **arrays)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert words in str(caught.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.npz: there is no such file of weights"):
        load(tmp_path / "none.npz")


def test_the_shipped_weights_are_small_and_say_where_they_come_from():
    assert SHIPPED.stat().st_size <= 8 * 2**20
    read = load(SHIPPED)
    assert read.labels == LABELS
    assert "CC BY 4.0" in read.card["source"]
    assert (read.card["reports"], read.card["sentences"]) == (334, 3736)


def test_the_shipped_weights_hold_numbers_only():
    """No words: apart from the card, every member is an array of numbers."""
    with np.load(SHIPPED, allow_pickle=False) as file:
        kinds = {name: file[name].dtype.kind for name in file.files}
    assert set(kinds.values()) <= {"u", "i", "f"}
