"""Without llama_cpp no model can be opened; everything else of this plugin is tested all the same."""

from importlib.util import find_spec

#: Tests that open a model, and tests that write one.
_OPEN = (
    "test_tokens",
    "test_kept_answers",
    "test_single",
    "test_batched",
    "test_prefix",
    "test_generator",
    "test_agreement",
    "test_ending",
)
_WRITE = ("test_gguf_file",)

collect_ignore = []
if not find_spec("radnlp_llama"):
    collect_ignore += ["radnlp_llama", "tests"]
if not find_spec("llama_cpp") or not find_spec("gguf"):
    collect_ignore += [f"tests/runtime/{name}.py" for name in _OPEN]
    collect_ignore += ["tests/test_pipeline.py", "tests/test_bert.py"]
if not find_spec("gguf"):
    collect_ignore += [f"tests/runtime/{name}.py" for name in _WRITE]
