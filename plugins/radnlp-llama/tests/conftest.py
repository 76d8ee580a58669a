"""Models of random weights, written once for all tests: they know nothing and can say everything that a form allows."""

import os
from importlib.util import find_spec

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads that wait by spinning make two busy cores very slow


@pytest.fixture(autouse=True, scope="session")
def _digests_elsewhere(tmp_path_factory):
    """The digests that a run remembers do not go into the tester's own cache."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def random_gguf(tmp_path_factory):
    """Writes a GGUF of random weights; ``random_gguf(seed=1)``, ``random_gguf(tokenizer="spm", name="other")``."""
    if not find_spec("gguf"):
        pytest.skip("the package gguf writes the models, and is not installed")
    from radnlp_llama.runtime.random_gguf import write_random_gguf

    folder = tmp_path_factory.mktemp("gguf")
    written = {}

    def write(**options):
        key = repr(sorted(options.items()))
        if key not in written:
            written[key] = write_random_gguf(folder / f"model{len(written)}.gguf", **options)
        return written[key]

    return write


@pytest.fixture(scope="session")
def opened(random_gguf):
    """Opens a generator on a random model; all are closed at the end."""
    if not find_spec("llama_cpp"):
        pytest.skip("llama_cpp runs the models, and is not installed")
    from radnlp_llama.runtime.generator import LlamaGenerator, RuntimeOptions

    made = []

    def make(path=None, *, batch=4, seed=1, tokenizer="bpe", **options):
        chosen = RuntimeOptions(batch=batch, threads=1, n_gpu_layers=0, **options)
        made.append(LlamaGenerator(path or random_gguf(seed=seed, tokenizer=tokenizer), options=chosen))
        return made[-1]

    yield make
    for generator in made:
        generator.close()
