import pytest


@pytest.fixture(scope="session")
def chest_ct():
    """Schema and lexicon, as a provider gets them."""
    from types import SimpleNamespace

    from radnlp.api import default_catalogue

    schema, lexicon = default_catalogue().schema("chest_ct")
    return SimpleNamespace(schema=schema, lexicon=lexicon)
