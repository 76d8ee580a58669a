"""What plugins do wrong, one small plugin each (wrong_plugins/): it is stopped, and told in words that one can act on.

The run goes on with the rest.
"""

from pathlib import Path

import pytest

from radnlp.errors import UnknownProviderError
from radnlp.hooks import Catalogue, create_manager
from radnlp.pipeline import Assembly
from radnlp.pipes import Draft
from radnlp.records import PipelineSpec, Report
from radnlp.testing import ContractError, check_relation_mapper

FOLDER = Path(__file__).parent / "wrong_plugins"
OWN = ["radnlp.rules.plugin"]
TEXTS = ("Nodule in RUL.", "Zebra nodule in RUL.", "No nodule.")
#: What radnlp's own mapper says of them.
PLACES = [("rul",), ("rul",), ()]
FAILED = "the provider 'wrong' of the stage 'relations' failed on this report with"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A schema with one lesion and one place, in a language without cues of its own: it is loaded in no time."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "schema.toml").write_text(
        'id = "tiny"\nversion = "1.0.0"\ntitle = "Tiny"\nlanguages = ["la"]\n'
        '[keys.nodules]\ntype = "lesion"\nlabel = "Nodules"\n[values.rul]\ntype = "location"\nlabel = "RUL"\n'
        '[relations.located_in]\nvalue_type = "location"\nkeys = ["nodules"]\n',
        "utf-8",
    )
    (folder / "terms").mkdir()
    (folder / "terms" / "words.toml").write_text(
        'language = "la"\n[[terms]]\nentities = ["nodules"]\nphrases = ["nodule"]\n'
        '[[terms]]\nentities = ["rul"]\nphrases = ["RUL"]\n'
        '[[cues]]\ncategory = "negated"\ndirection = "forward"\nliterals = ["no"]\n',
        "utf-8",
    )
    return str(folder)


@pytest.fixture
def wrong(install, tiny):
    """Installs one of the plugins beside radnlp's own; gives the assembly of the tiny schema."""

    def make(name):
        source = (FOLDER / f"{name}.py").read_text("utf-8")
        install("radnlp-wrong", {"radnlp": {"wrong": f"wrong_{name}"}}, {f"wrong_{name}.py": source})
        return Assembly.of(tiny, catalogue=Catalogue(create_manager(builtin=OWN)))

    return make


def read(assembly, relations):
    """The three reports through all stages, in one batch."""
    drafts = [Draft(report=Report(id=str(n), text=text, meta={"n": n})) for n, text in enumerate(TEXTS)]
    for stage in assembly.stages(PipelineSpec(schema="tiny", relations=relations)):
        stage.work(drafts)
    return [draft.extraction for draft in drafts]


def places(extractions):
    return [extraction.findings[0].values.get("located_in", ()) for extraction in extractions]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("import_error", "ModuleNotFoundError: No module named 'no_such_library'"),
        ("wrong_signature", "Argument(s) {'schema'} are declared in the hookimpl but can not be found in the hookspec"),
    ],
)
def test_one_that_cannot_be_loaded_is_quarantined(wrong, name, reason):
    assembly = wrong(name)
    info = assembly.catalogue.manager.info("wrong")
    assert info.state == "quarantined" and reason in info.reason
    with pytest.raises(UnknownProviderError, match="Plugin wrong is quarantined"):
        assembly.relations("wrong")
    assert places(read(assembly, "rules")) == PLACES


def test_duplicate_name_leaves_the_name_to_radnlp_and_can_be_asked_for(wrong):
    assembly = wrong("duplicate_name")
    assert places(read(assembly, "rules")) == PLACES
    assert {"rules", "wrong:rules"} < set(assembly.catalogue.relation_mappers)
    (first, *_) = read(assembly, "wrong:rules")
    assert first.provenance.providers["relations"]["distribution"] == "radnlp-wrong"
    assert first.findings[0].values == {}


@pytest.mark.parametrize(
    ("name", "codes", "message"),
    [
        (
            "raising_on_one_report",
            [[], ["relations_failed"], []],
            f"{FAILED} ValueError at wrong_raising_on_one_report.py:10",
        ),
        (
            "too_few_results",
            [["relations_failed"]] * 3,
            f"{FAILED} ProviderError: it gave 0 answers for 1 reports; it must give one for each",
        ),
        (
            "wrong_type",
            [["relations_failed"]] * 3,
            f"{FAILED} ProviderError: it gave something of the kind dict in answers; there must be MappingResults",
        ),
        (
            "leaving",
            [["relations_failed"]] * 3,
            f"{FAILED} SystemExit at wrong_leaving.py:10",
        ),
        (
            "outside_schema",
            [["outside_schema"], ["outside_schema"], []],
            "the provider 'wrong' answered 'nodules' -'located_in'-> 'liver', which the schema does not license; "
            "it was left out",
        ),
        (
            "wrong_evidence",
            [["wrong_evidence"], ["wrong_evidence"], []],
            "the provider 'wrong' gave evidence that is not the report's text at its offsets (0 to 6 of 14 code "
            "points, 1 in all); it was left out",
        ),
        (
            "printing",
            [["printed"]] * 3,
            "the provider 'wrong' printed while it worked on the batch of this report; it was dropped, because "
            "standard output is for results and what is printed may be words of reports",
        ),
        (
            "mutating",
            [["input_changed"]] * 3,
            "the provider 'wrong' changed the report it was asked about; the change was dropped; what a provider has "
            "to say goes into its answer",
        ),
    ],
)
def test_what_goes_wrong_while_reading_is_an_issue_and_the_run_goes_on(wrong, capfd, name, codes, message):
    extractions = read(wrong(name), "wrong")
    assert [[issue.code for issue in extraction.issues] for extraction in extractions] == codes
    assert message in [issue.message for extraction in extractions for issue in extraction.issues]
    assert [extraction.findings[0].status for extraction in extractions] == ["present", "present", "absent"]
    assert [extraction.meta for extraction in extractions] == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert capfd.readouterr() == ("", "")


def test_slow_cannot_be_stopped_but_is_named_by_the_seconds_of_its_stage(wrong):
    for extraction in read_timed(wrong("slow")):
        seconds = extraction.provenance.seconds
        assert max(seconds, key=seconds.get) == "relations" and seconds["relations"] >= 0.02


def read_timed(assembly):
    """As a pipeline does, which takes the time."""
    from radnlp.pipes import StagePipe, attach, blank_pipeline, finish_doc, register_extensions

    register_extensions()
    nlp = blank_pipeline()
    docs = [attach(nlp.make_doc(text), Report(id=text[:5], text=text)) for text in TEXTS]
    pipe = StagePipe(assembly.stages(PipelineSpec(schema="tiny", relations="wrong")), finish_doc)
    return [doc._.rad for doc in pipe.pipe(docs)]


@pytest.mark.parametrize(
    ("name", "rule", "found"),
    [
        ("raising_on_one_report", "silent", "the words of a ValueError are those of the report"),
        ("too_few_results", "one_answer_each", "answers for"),
        ("wrong_type", "right_kind", "the answer is a dict; it must be a MappingResult"),
        ("leaving", "empty_batch", "it raised SystemExit: 3"),
        ("outside_schema", "inside_schema", "('nodules', 'located_in', 'liver') is not licensed by the schema"),
        ("wrong_evidence", "exact_offsets", "the evidence [0-6] is not the text at these offsets"),
        ("printing", "silent", "characters were printed to standard output"),
        ("mutating", "input_unchanged", "the records it was asked about were changed"),
        ("slow", "in_time", "0.1 s are allowed"),
    ],
)
def test_the_contract_check_finds_it_first(wrong, tiny, name, rule, found):
    provider = wrong(name).catalogue.relation_mapper("wrong").item
    with pytest.raises(ContractError) as caught:
        check_relation_mapper(provider, schema=tiny, reports=["Zebra crossing the RUL"], seconds=0.1)
    assert caught.value.rule == rule and found in str(caught.value)
    assert "Zebra" not in str(caught.value)


def test_every_wrong_plugin_is_tried():
    tried = Path(__file__).read_text("utf-8")
    names = [path.stem for path in FOLDER.glob("*.py")]
    assert len(names) >= 10
    assert [name for name in names if f'"{name}"' not in tried] == []
