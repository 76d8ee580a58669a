"""Options that several commands share."""


def test_spans_of_other_components_are_refused_where_there_are_none(radnlp, tmp_path):
    (tmp_path / "r1.txt").write_text("A nodule.", "utf-8")
    done = radnlp("extract", tmp_path / "r1.txt", "--schema", "chest_ct", "--set", "mentions.source=ents")
    assert done.status == 2
    assert "mentions.source: this command runs no components of yours that could leave spans" in done.err
