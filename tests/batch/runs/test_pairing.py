"""Reports and extractions kept together on both sides of an engine."""

import pytest

from radnlp.batch.runs.pairing import PairedRun
from radnlp.errors import ProviderError, ReportError
from radnlp.records import Extraction, PipelineSpec, Report

SPEC = PipelineSpec(schema="small")


def reports(number):
    return [Report(id=f"r{n}", text="nodule") for n in range(number)]


@pytest.mark.parametrize("ahead", [1, 3, 100])
def test_each_report_meets_its_own_extraction(word_engine, ahead):
    pairs = list(PairedRun(word_engine(ahead=ahead), SPEC, reports(10)))
    assert [(report.id, extraction.report_id) for report, extraction in pairs] == [
        (f"r{n}", f"r{n}") for n in range(10)
    ]


def test_only_as_many_reports_are_read_as_the_engine_asks_for(word_engine):
    read = []

    def counted():
        for report in reports(100):
            read.append(report.id)
            yield report

    next(iter(PairedRun(word_engine(ahead=3), SPEC, counted())))
    assert len(read) == 3


def test_what_was_read_before_a_failure_still_comes_out(word_engine):
    def broken():
        yield from reports(5)
        raise ReportError("a.csv: damaged")

    run = PairedRun(word_engine(ahead=4), SPEC, broken())
    assert len(list(run)) == 5
    assert str(run.failure) == "a.csv: damaged"


def test_an_engine_that_breaks_the_order_is_found_out(word_engine):
    class Reversing(word_engine):
        def run(self, spec, reports):
            yield from reversed(list(super().run(spec, reports)))

    with pytest.raises(ProviderError, match="gave report 'r1' where 'r0' was due"):
        list(PairedRun(Reversing(), SPEC, reports(2)))


def test_an_engine_that_loses_a_report_is_found_out(word_engine):
    class Losing(word_engine):
        def run(self, spec, reports):
            yield from list(super().run(spec, reports))[:-1]

    with pytest.raises(ProviderError, match="gave nothing for 1 reports, the first of them 'r1'"):
        list(PairedRun(Losing(), SPEC, reports(2)))


def test_an_id_with_half_a_surrogate_comes_back_as_its_escape():
    class Escaping:
        def run(self, spec, reports):
            for report in reports:
                escaped = report.id.encode("utf-8", "backslashreplace").decode()
                yield Extraction(report_id=escaped, schema="s", schema_version="1")

    report = Report(id="a\ud800", text="A nodule.")
    ((given, written),) = PairedRun(Escaping(), PipelineSpec(schema="s"), [report])
    assert given is report and written.report_id == "a\\ud800"
