"""Without torch there is nothing here to test; the rest of the suite goes on."""

from importlib.util import find_spec

_NEEDED = ("torch", "transformers", "radnlp_transformers")
collect_ignore = [] if all(find_spec(name) for name in _NEEDED) else ["radnlp_transformers", "tests"]
if not find_spec("spacy_transformers"):
    collect_ignore.append("radnlp_transformers/spacy_pipe/component.py")
