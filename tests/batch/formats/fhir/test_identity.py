"""The same report is the same resource whenever it is sent, and two reports are never one."""

from itertools import product
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from radnlp.batch.formats.fhir.identity import Identity

IDS = [
    "r1",
    "r 1",
    "r1 ",
    " ",
    "",
    "r1#mass",
    "r\x001",
    "r\ufffd1",
    "\ud800",
    "\ud801",
    "報告\u30001",
    "a|b",
    "a\\|b",
    "a,b$c&d=1",
]


def test_a_resource_has_the_same_names_every_time():
    one, again = (Identity(report_id="r1", schema="chest_ct", key="mass") for _ in range(2))
    assert one.full_url == again.full_url == "urn:uuid:" + str(UUID(one.full_url.removeprefix("urn:uuid:")))
    assert one.identifier == {"system": "urn:radnlp:finding:chest_ct", "value": "r1#mass"}


def test_two_reports_schemas_or_keys_never_have_the_same_name():
    made = [Identity(report_id=i, schema=s, key=k) for i, s, k in product(IDS, ("a", "b"), (None, "mass", "ggo"))]
    assert len({identity.full_url for identity in made}) == len(made)
    assert len({tuple(identity.identifier.values()) for identity in made}) == len(made)
    assert len({identity.update("Observation")["url"] for identity in made}) == len(made)


@pytest.mark.parametrize("report_id", ["r\x001", " r1", "\ud800", "", "a\u3000b"])
def test_an_id_that_fhir_cannot_hold_is_a_uuid_made_from_it(report_id):
    UUID(Identity(report_id=report_id, schema="chest_ct").identifier["value"])


def test_the_update_finds_what_has_the_identifier():
    """Percent-encoded; ``\\ | , $`` of a value have a backslash, since they mean something in a search."""
    request = Identity(report_id="a|b, 5 $&d=1 é", schema="chest_ct").update("DiagnosticReport")
    assert request["method"] == "PUT"
    url = urlsplit(request["url"])
    assert (url.path, request["url"].isascii()) == ("DiagnosticReport", True)
    assert parse_qs(url.query) == {"identifier": ["urn:radnlp:report:chest_ct|a\\|b\\, 5 \\$&d=1 é"]}
