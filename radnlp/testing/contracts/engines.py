"""The contract of radnlp_register_batch_engines."""

from __future__ import annotations

import json
from collections.abc import Iterable

from radnlp.pipeline import complete_settings
from radnlp.records import EngineProvider, Extraction, PipelineSpec, Report, Settings
from radnlp.testing.contracts.asking import NO_SETTINGS, SECONDS, require_sendable
from radnlp.testing.contracts.errors import ContractError, require
from radnlp.testing.contracts.probes import inputs
from radnlp.testing.contracts.watch import safe_words, watched


def check_batch_engine(
    provider: EngineProvider,
    *,
    schema: str = "chest_ct",
    settings: Settings = NO_SETTINGS,
    reports: Iterable[Report | str] = (),
    seconds: float = SECONDS,
) -> None:
    """radnlp_register_batch_engines: one extraction a report, in order, none for none, the same as in a plain loop.

    The engine runs with one worker. Sockets are its own business: a cluster is reached through them. Arguments and
    errors as for :func:`check_entity_key_classifier`.
    """
    given = complete_settings("engine", settings, provider.settings)
    engine = provider.engine(1, given)
    spec = PipelineSpec(schema=schema)
    require_sendable(spec, "")
    asked = inputs(reports)
    sent = [one.report for one in asked]
    with watched(asked, seconds=seconds, network=True):
        require(not list(engine.run(spec, [])), "empty_batch", "no reports must give no extractions")
        try:
            found = list(engine.run(spec, iter(sent)))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever it raises, or exits with
            raise ContractError("no_exception", f"it raised {safe_words(error, asked)}") from None
    ids = [extraction.report_id if isinstance(extraction, Extraction) else None for extraction in found]
    require(None not in ids, "right_kind", "it gave something else than Extractions")
    require(len(ids) == len(sent), "one_answer_each", f"{len(ids)} extractions for {len(sent)} reports")
    require(ids == [report.id for report in sent], "order", f"the extractions came as {ids}")
    for one, report, extraction in zip(asked, sent, found, strict=True):
        same = extraction.meta == report.meta and extraction.patient_id == report.patient_id
        require(same, "input_unchanged", "meta or patient_id are not those of the report", where=one.where)
        require_sendable(extraction, one.where)
        errors = [issue.code for issue in extraction.issues if issue.level == "error"]
        require(not errors, "no_exception", f"the extraction has errors: {json.dumps(errors)}", where=one.where)
    with watched(asked, seconds=seconds, network=True):
        alone = list(engine.run(spec, sent[:1]))
    for one, extraction, single in zip(asked, found, alone, strict=False):
        same = (extraction.findings, extraction.mentions) == (single.findings, single.mentions)
        require(same, "independent", "a report alone gives other findings than among others", where=one.where)
