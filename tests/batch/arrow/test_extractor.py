"""The Arrow function, as engines call it."""

import json
import pickle

import pyarrow as pa
import pytest

import radnlp
from radnlp.batch.arrow import EXTRACTIONS, ArrowExtractor
from radnlp.batch.arrow.extractor import _pipeline
from radnlp.errors import UnknownProviderError
from radnlp.records import PipelineSpec

REPORTS = pa.table({"id": ["r1", "r2", "r3"], "text": ["8 mm nodule in the RUL.", "No effusion.", ""]})


def test_a_table_becomes_a_table_and_a_batch_a_batch():
    extract = radnlp.ArrowExtractor("chest_ct")
    table = extract(REPORTS)
    assert table.schema == EXTRACTIONS
    assert table.column("id").to_pylist() == ["r1", "r2", "r3"]
    assert table.column("findings").to_pylist() == [1, 1, 0]
    assert table.column("warnings").to_pylist() == [0, 0, 1], "an empty text is a warning"
    finding = json.loads(table.column("extraction")[0].as_py())["findings"][0]
    assert (finding["key"], finding["values"]) == ("nodules", {"located_in": ["rul"]})
    (batch,) = REPORTS.to_batches()
    assert extract(batch).column("findings").to_pylist() == [1, 1, 0]
    assert [part.num_rows for part in extract.each([batch, batch.slice(1)])] == [3, 2]
    assert extract(REPORTS.slice(0, 0)).num_rows == 0


def test_it_is_sent_by_name_and_built_once_in_a_process():
    extract = ArrowExtractor("chest_ct", settings={"status": {"engine": "native"}})
    extract(REPORTS)
    sent = pickle.dumps(extract)
    assert len(sent) < 1000
    before = _pipeline.cache_info()
    assert pickle.loads(sent)(REPORTS).num_rows == 3  # noqa: S301
    after = _pipeline.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 1)


def test_a_pipeline_that_cannot_be_built_says_why():
    spec = PipelineSpec(schema="chest_ct", relations="rulez")
    assert ArrowExtractor.of(spec).spec == spec
    with pytest.raises(UnknownProviderError, match="did you mean 'rules'"):
        ArrowExtractor.of(spec).prepare()
