"""annotation.conf of a schema."""

from dataclasses import replace

from radnlp.batch.brat.configuration import configuration
from radnlp.records import EntityKey


def test_the_types_relations_and_attributes_of_a_schema(schema):
    assert configuration(schema) == (
        "# tiny 1.0.0, made by radnlp\n"
        "[entities]\n!lesion\n\tnodules\n\tmass\n\tggo\n!location\n\trul\n\tlll\n"
        "\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
        "located_in\tArg1:nodules|ggo, Arg2:rul|lll\n"
        "\n[events]\n"
        "\n[attributes]\n"
        "Status\tArg:nodules|mass|ggo, Value:present|uncertain|historical|absent\n"
        "Excluded\tArg:nodules|mass|ggo, Value:family|question|recommendation|other_organ|technique\n"
    )


def test_a_type_with_the_name_of_an_entity_is_no_group(schema):
    keys = (EntityKey(id="lesion", type="lesion", label="Lesion"),)
    assert "[entities]\nlesion\n!location\n" in configuration(replace(schema, keys=keys, relations=()))
