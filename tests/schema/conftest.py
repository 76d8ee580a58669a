"""A small chest schema of our own, written into a folder, that tests break in one place each."""

from pathlib import Path

import pytest

SCHEMA = """
id = "lobes"
version = "1.0.0"
title = "Nodules and their lobes"
languages = ["en", "ko"]
source = "invented"

[keys.nodules]
type = "lesion"
label = "Nodules"

[keys.mass]
type = "lesion"
label = "Mass"

[values.right_lung]
type = "location"
label = "Right lung"

[values.rll]
type = "location"
label = "RLL"
within = "right_lung"

[values.lll]
type = "location"
label = "LLL"

[values.bll]
type = "location"
label = "Both lower lobes"
parts = ["rll", "lll"]

[relations.located_in]
value_type = "location"
keys = ["nodules", "mass"]

[sections]
history = "historical"
"""

TERMS = """
language = "en"
abbreviations = ["rt"]
clause_breaks = ["but"]

[[terms]]
entities = ["nodules"]
phrases = ["nodule[s]", "ground-glass nodule", "ground glass nodule"]

[[terms]]
entities = ["rll"]
phrases = ["[rll|right lower lobe]"]

[[ignored]]
reason = "another organ"
phrases = ["thyroid nodule[s]"]

[[cues]]
category = "negated"
direction = "forward"
literals = ["no", "without"]

[[headings]]
section = "findings"
phrases = ["finding[s]"]
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def make_schema(tmp_path):
    """Writes a schema folder; texts given as (old, new) pairs change the ordinary one, in schema.toml or the terms."""

    def make(*changes: tuple[str, str], name: str = "lobes", **files: str) -> Path:
        schema, terms = files.pop("schema", SCHEMA), files.pop("terms", TERMS)
        for old, new in changes:
            assert (old in schema) or (old in terms), f"{old!r} stands in neither file"
            schema, terms = schema.replace(old, new), terms.replace(old, new)
        more = {f"terms/{file}.toml": content for file, content in files.items()}
        return write(tmp_path / name, {"schema.toml": schema, "terms/words.toml": terms, **more})

    return make
