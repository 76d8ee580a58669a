"""radnlp's own schemas and lexicons come through the same door as everybody's."""

from radnlp.hooks import Catalogue, create_manager


def test_the_shipped_schemas_and_lexicons_are_offered():
    manager = create_manager(builtin=["radnlp.hooks.shipped"], installed=False)
    catalogue = Catalogue(manager)
    assert {"chest_ct", "chest_xray"} <= set(catalogue.schemas)
    assert {offer.plugin for offer in catalogue.lexicons.values()} == {"radnlp.hooks.shipped"}
    assert manager.info("radnlp.hooks.shipped").distribution == "radnlp-core"
