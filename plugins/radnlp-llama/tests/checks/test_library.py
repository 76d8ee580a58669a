"""What is said of llama_cpp: whether it is there, what it was built for, what it sees."""

import builtins
import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest
from radnlp_llama.checks.library import Device, backends, built_for, devices, look_at_library, seen
from radnlp_llama.runtime.library import llama_library

CARD = Device(name="CUDA0", description="NVIDIA A10", kind=1, free=20 * 2**30, total=24 * 2**30)
CPU = dataclasses.replace(CARD, name="CPU", description="a processor", kind=0)


@pytest.fixture
def without_llama_cpp(monkeypatch):
    plain = builtins.__import__

    def missing(name, *arguments, **options):
        if name == "llama_cpp":
            raise ModuleNotFoundError("No module named 'llama_cpp'", name="llama_cpp")
        return plain(name, *arguments, **options)

    llama_library.cache_clear()
    monkeypatch.setattr(builtins, "__import__", missing)
    yield
    llama_library.cache_clear()


def test_llama_cpp_is_missing(without_llama_cpp):
    (line,) = look_at_library()
    assert line.state == "failed" and "llama_cpp is missing; install llama-cpp-python" in line.words


@pytest.mark.parametrize(
    ("files", "information", "expected"),
    [
        (["libggml-base.so", "libggml-cpu.so"], "CPU : AVX2 = 1", []),
        (["libggml-cuda.so", "libggml-cpu.so"], "", ["CUDA"]),
        (["libggml-metal.dylib"], "", ["Metal"]),
        (["ggml-vulkan.dll"], "", ["Vulkan"]),
        ([], "CUDA : ARCHS = 900 | CPU : AVX2 = 1", ["CUDA"]),
    ],
)
def test_what_a_build_can_use(tmp_path, files, information, expected):
    (tmp_path / "lib").mkdir()
    for name in files:
        (tmp_path / "lib" / name).touch()
    library = SimpleNamespace(
        __file__=str(Path(tmp_path, "__init__.py")), llama_print_system_info=lambda: information.encode()
    )
    assert backends(library) == expected


@pytest.mark.parametrize(
    ("found", "card", "state", "words"),
    [
        (["CUDA"], True, "ok", "built for CUDA and the CPU"),
        ([], False, "ok", "CPU only; no graphics card"),
        ([], True, "warning", "DGGML_CUDA=on"),
    ],
)
def test_a_build_that_leaves_a_card_unused_is_warned_of(found, card, state, words):
    line = built_for(found, graphics_card=card)
    assert line.state == state and words in line.words
    assert line.values["cuda"] is ("CUDA" in found)


def test_devices_in_words():
    line = seen([CPU, CARD])
    assert line.words == "layers can go to CUDA0 (NVIDIA A10, 20.0 of 24.0 GiB free)"
    assert line.values["devices"] == 1
    assert seen([CPU]).words == "no device but the CPU" and seen(None).state == "warning"


def test_this_machine():
    pytest.importorskip("llama_cpp")
    assert [line.name for line in look_at_library()] == ["llama_cpp", "build", "devices"]
    assert any(device.kind == 0 and device.name for device in devices())
