"""radnlp extract, from a hospital's database and back into it."""

import sqlite3
import sys

import pytest


@pytest.fixture
def cdm(tmp_path):
    path = tmp_path / "cdm.db"
    connection = sqlite3.connect(path)
    connection.executescript("""
        CREATE TABLE note (note_id INTEGER PRIMARY KEY, person_id INTEGER, note_date TEXT, note_text TEXT);
        INSERT INTO note VALUES
            (7, 71, '2024-03-01', 'FINDINGS: 8 mm nodule in the RUL. No pleural effusion.'), (9, 31, '2024-03-02', '');
        CREATE TABLE note_nlp (note_nlp_id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL, section_concept_id INTEGER,
            snippet TEXT, "offset" TEXT, lexical_variant TEXT NOT NULL, note_nlp_concept_id INTEGER,
            note_nlp_source_concept_id INTEGER, nlp_system TEXT, nlp_date TEXT NOT NULL, nlp_datetime TEXT,
            term_exists TEXT, term_temporal TEXT, term_modifiers TEXT);
    """)
    connection.close()
    return path


def rows(path):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(
            'SELECT note_id, "offset", lexical_variant, term_exists, term_modifiers FROM note_nlp ORDER BY note_nlp_id'
        ).fetchall()
    finally:
        connection.close()


def test_notes_become_rows_of_note_nlp(radnlp, cdm):
    url = f"sqlite:///{cdm}"
    done = radnlp("extract", url, "--schema", "chest_ct", "-o", url)
    assert (done.status, done.out) == (0, "")
    assert "2 reports, 2 findings, 0 errors, 1 warning in" in done.err and f"-> {url} table note_nlp" in done.err
    assert rows(cdm) == [
        (7, "15", "nodule", "Y", "status=present, entity=nodules, source=rules, located_in=rul, size=8 mm"),
        (7, "37", "pleural effusion", "N", "status=absent, entity=pleural_effusion, source=rules, negated=No"),
    ]


def test_a_concept_id_comes_from_the_codes_of_the_schema(radnlp, cdm, tmp_path):
    terms = tmp_path / "concepts.toml"
    terms.write_text('language = "en"\n[codes.nodules]\nomop = 4126314\n')
    url = f"sqlite:///{cdm}"
    radnlp("extract", url, "--schema", "chest_ct", "--terms", terms, "-o", url)
    connection = sqlite3.connect(cdm)
    found = connection.execute("SELECT note_nlp_concept_id FROM note_nlp ORDER BY note_nlp_id").fetchall()
    connection.close()
    assert found == [(4126314,), (0,)]


def test_what_note_nlp_has_no_place_for_is_said(radnlp, cdm, tmp_path):
    source = tmp_path / "reports.csv"
    source.write_text(
        "id,text\n" + "".join(f"A{number},John Smith has a nodule.\n" for number in range(23)) + "7,Nodule.\n"
    )
    done = radnlp("extract", source, "--schema", "chest_ct", "-o", f"sqlite:///{cdm}")
    *named, more, summary = done.err.splitlines()
    assert (done.status, len(named)) == (1, 20)
    assert named[0].startswith("report 'A0': invalid_id: the id is no whole number of at most 18 digits")
    assert more == "3 more reports with an error; a run into a .jsonl file names them all"
    assert summary.startswith("24 reports, 1 finding, 23 errors, ")
    assert "Smith" not in done.err
    assert [row[0] for row in rows(cdm)] == [7]


def test_options_of_a_database_are_refused_without_one(radnlp, cdm, tmp_path):
    done = radnlp(
        "extract", f"sqlite:///{cdm}", "--schema", "chest_ct", "-o", tmp_path / "x.jsonl", "--output-table", "t"
    )
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "--output-table t: is for -o URL" in done.err


def test_explain_reads_a_database_too(radnlp, cdm):
    done = radnlp("explain", f"sqlite:///{cdm}", "--schema", "chest_ct")
    assert "== 7" in done.out and "»nodule«" in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--table", "notes"), "no table or view 'notes' in the database; did you mean 'note'"),
        (("--output-table", "nlp"), "no table or view 'nlp'"),
        (("--format", "csv"), "--format csv: into a database go rows of NOTE_NLP; leave --format out"),
        (("--no-text",), "--no-text: note-nlp cannot be written without the words"),
        (("--text-column", "body"), "table note: no column 'body'"),
    ],
)
def test_wrong_use_is_one_sentence(radnlp, cdm, options, said):
    url = f"sqlite:///{cdm}"
    done = radnlp("extract", url, "--schema", "chest_ct", "-o", url, *options)
    assert done.status == 2
    assert said in done.err and len(done.err.strip().splitlines()) == 1
    assert rows(cdm) == []


def test_without_sqlalchemy_the_sentence_says_what_to_install(radnlp, cdm, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    done = radnlp("extract", f"sqlite:///{cdm}", "--schema", "chest_ct")
    assert done.status == 2
    assert 'sqlalchemy, which is not installed; pip install "radnlp-core[sql]"' in done.err
