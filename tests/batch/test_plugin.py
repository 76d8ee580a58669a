"""The room's plugin."""

from radnlp.api import PipelineSpec
from radnlp.batch.engines.process import ProcessEngine
from radnlp.batch.engines.serial import SerialEngine
from radnlp.batch.plugin import radnlp_register_batch_engines


def test_radnlp_register_batch_engines_offers_serial_and_process():
    serial, process = radnlp_register_batch_engines()
    assert (serial.name, serial.max_workers) == ("serial", 1)
    assert isinstance(serial.engine(), SerialEngine)
    assert (process.name, process.max_workers, process.settings) == ("process", None, {"time_limit": 600.0})
    engine = process.engine(3, {"time_limit": 5.0})
    assert isinstance(engine, ProcessEngine)
    assert (engine.workers, engine.time_limit) == (3, 5.0)
    assert PipelineSpec(schema="x").keys == "rules"
