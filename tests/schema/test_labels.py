"""What labels of others name."""

import pytest

from radnlp.records import EntityKey, Schema
from radnlp.schema import Labels

SCHEMA = Schema(
    id="two",
    version="1.0.0",
    title="Two",
    languages=("en",),
    source="invented",
    keys=tuple(EntityKey(id=name, type="lesion", label=name) for name in ("nodules", "ggo")),
)


@pytest.mark.parametrize(
    ("label", "other", "entities"),
    [
        ("nodules", "", ("nodules",)),
        ("NODULES", "", ("nodules",)),
        ("FINDING", "ggo", ("ggo",)),
        ("nodules", "ggo", ("nodules",)),
        ("GGN", "", ("nodules", "ggo")),
        ("DATE", "nodules", ()),
        ("PERSON", "", None),
        ("", "", None),
    ],
)
def test_by_what_the_user_says_by_name_or_by_id(label, other, entities):
    labels = Labels(SCHEMA, {"GGN": "ggo nodules", "DATE": ""})
    assert labels.entities(label, other) == entities


def test_an_entity_that_the_schema_does_not_have():
    with pytest.raises(ValueError, match="'GGN': unknown entity 'nodule'; did you mean 'nodules'"):
        Labels(SCHEMA, {"GGN": "nodule"})
