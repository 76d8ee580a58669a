"""The room's plugin."""

from radnlp.api import PipelineSpec
from radnlp.batch.engines.serial import SerialEngine
from radnlp.batch.plugin import radnlp_register_batch_engines


def test_radnlp_register_batch_engines_offers_serial():
    (provider,) = radnlp_register_batch_engines()
    assert (provider.name, provider.max_workers) == ("serial", 1)
    assert isinstance(provider.factory(1), SerialEngine)
    assert PipelineSpec(schema="x").keys == "rules"
