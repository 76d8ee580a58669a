"""A model's digest is computed once, and again when the file has changed."""

import hashlib
import json
import os

from radnlp_llama.runtime.digest import model_digest


def test_sha256_of_the_file(tmp_path):
    (tmp_path / "a").write_bytes(b"weights")
    assert model_digest([tmp_path / "a"], memory=tmp_path / "m") == hashlib.sha256(b"weights").hexdigest()


def test_it_is_remembered_by_path_size_and_time(tmp_path):
    file, memory = tmp_path / "a", tmp_path / "deep" / "digests.json"
    file.write_bytes(b"weights")
    model_digest([file], memory=memory)
    known = json.loads(memory.read_text("utf-8"))
    known[str(file.resolve())][2] = "from memory"
    memory.write_text(json.dumps(known), "utf-8")
    assert model_digest([file], memory=memory) == "from memory"
    os.utime(file, ns=(1, 1))
    assert model_digest([file], memory=memory) == hashlib.sha256(b"weights").hexdigest()


def test_the_users_cache_is_where_it_is_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "a").write_bytes(b"weights")
    model_digest([tmp_path / "a"])
    assert (tmp_path / "radnlp" / "digests.json").is_file()


def test_parts_count_in_their_order(tmp_path):
    first, second = tmp_path / "1", tmp_path / "2"
    first.write_bytes(b"one")
    second.write_bytes(b"two")
    memory = tmp_path / "m"
    both = {model_digest(files, memory=memory) for files in ([first, second], [second, first], [first])}
    assert len(both) == 3


def test_a_memory_that_is_broken_or_closed_is_done_without(tmp_path):
    file, memory = tmp_path / "a", tmp_path / "digests.json"
    file.write_bytes(b"weights")
    memory.write_text("not json", "utf-8")
    assert model_digest([file], memory=memory) == hashlib.sha256(b"weights").hexdigest()
    assert model_digest([file], memory=file / "no" / "folder") == hashlib.sha256(b"weights").hexdigest()
