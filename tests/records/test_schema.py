"""Questions a schema answers about itself."""

import pytest

from radnlp.records import EntityKey, EntityValue, RelationType, Schema

LOBES = Schema(
    id="lobes",
    version="1.0.0",
    title="Lobes",
    languages=("en",),
    source="invented",
    keys=(
        EntityKey(id="nodules", type="lesion", label="Nodules"),
        EntityKey(id="pleural_effusion", type="lesion", label="Effusion"),
    ),
    values=(
        EntityValue(id="rll", type="location", label="RLL"),
        EntityValue(id="lll", type="location", label="LLL"),
        EntityValue(id="bll", type="location", label="Both lower lobes", parts=("rll", "lll")),
        EntityValue(id="stable", type="episode", label="Stable"),
    ),
    relations=(RelationType(id="located_in", value_type="location", keys=("nodules",)),),
)


def test_rows_are_found_by_id():
    assert LOBES.key("nodules").label == "Nodules"
    assert LOBES.value("bll").parts == ("rll", "lll")
    for ask in (LOBES.key, LOBES.value):
        with pytest.raises(KeyError, match="no_such"):
            ask("no_such")


def test_only_licensed_keys_have_a_relation():
    assert [relation.id for relation in LOBES.relation_types_of("nodules")] == ["located_in"]
    assert LOBES.relation_types_of("pleural_effusion") == ()


def test_a_relation_points_to_values_of_its_type_in_schema_order():
    assert LOBES.values_of(LOBES.relations[0]) == ("rll", "lll", "bll")


def test_both_lower_lobes_score_as_their_two_parts():
    assert LOBES.expand(["bll"]) == LOBES.expand(["lll", "rll"]) == {"rll", "lll"}
