"""Settings of the stage that finds mentions."""

import pytest

from radnlp.errors import ConfigError
from radnlp.hooks import default_catalogue
from radnlp.pipeline.span_source import SpanSource


def test_labels_as_a_mapping_or_flat():
    nested = SpanSource.of({"source": "ents", "labels": {"A": "nodules", "B.1": "mass"}})
    assert SpanSource.of({"source": "ents", "labels.A": "nodules", "labels.B.1": "mass"}) == nested


def test_numbers_and_truth_may_be_words():
    assert SpanSource.of({"source": "spans", "span_key": "sc", "qualifiers": "true"}).qualifiers is True


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"source": "entities"}, "unknown value of mentions.source 'entities'; did you mean 'ents'?"),
        ({"source": "ents", "add_terms": "some"}, "unknown value of mentions.add_terms 'some'"),
        (
            {"source": "ents", "spankey": "sc"},
            "unknown setting 'mentions.spankey'; did you mean 'mentions.span_key' or",
        ),
        ({"labels": {"A": "mass"}}, "mentions.labels has no effect, because mentions.source is 'terms'"),
        ({"source": "spans", "span_key": "radnlp"}, "radnlp leaves its own spans there"),
        ({"source": "ents", "labels": ["A"]}, "mentions.labels=['A']: write a mapping"),
        ({"source": "ents", "labels": {"A": None}}, "mentions.labels: 'A' is None; write the id of an entity"),
        ({"source": ["ents"]}, "mentions.source=['ents']: this setting is a word"),
        ({"source": "ents", "labels": {"A": "nodule"}}, "mentions.labels: 'A': unknown entity 'nodule'; did you mean"),
    ],
)
def test_what_cannot_be_is_refused_before_the_first_report(settings, complaint):
    schema = default_catalogue().vocabulary("chest_ct")
    with pytest.raises(ConfigError) as caught:
        SpanSource.of(settings).reader(schema)
    assert complaint in str(caught.value)


def test_the_lexicon_needs_no_reader():
    assert SpanSource().reader(default_catalogue().vocabulary("chest_ct")) is None
