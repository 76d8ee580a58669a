"""radnlp explain: a reader can follow how each finding came about."""


def test_the_cue_the_rule_and_the_way_to_the_location(radnlp, tmp_path):
    path = tmp_path / "r.txt"
    path.write_text("No effusion. Nodules in RUL and RML.\nRecommendation: follow-up of the nodule.\n")
    done = radnlp("explain", path, "--schema", "chest_ct")
    assert done.status == 0, done.err
    assert "pleural_effusion: absent" in done.out
    assert "cue 'No' [0-2]: negated, forward, rule 'no', scope" in done.out
    assert "nodules: present  (located_in: rul, rml)" in done.out
    assert "located_in rul by rules: the place behind it, 'RUL'" in done.out
    assert "did not count:" in done.out


def test_a_size_with_its_words_and_how_it_was_tied(radnlp, tmp_path):
    path = tmp_path / "r.txt"
    path.write_text("Nodule in RUL. It measures 1.2 x 0.8 cm.\n")
    done = radnlp("explain", path, "--schema", "chest_ct")
    assert "nodules: present  (located_in: rul; measures: 12 x 8 mm)" in done.out
    way = "size behind the words, which goes back to the sentence before"
    assert f"measures 12 x 8 mm: {way}, '1.2 x 0.8 cm' [27-39]" in done.out


def test_one_report_of_many(radnlp, tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text('{"id": "a", "text": "Nodule."}\n{"id": "b", "text": "Effusion."}\n')
    done = radnlp("explain", path, "--schema", "chest_ct", "--id", "b")
    assert "== b" in done.out
    assert "== a" not in done.out
    missing = radnlp("explain", path, "--schema", "chest_ct", "--id", "c")
    assert missing.status == 2
    assert "'c'" in missing.err


def test_who_was_asked_and_why(radnlp, tmp_path):
    path = tmp_path / "r.txt"
    path.write_text("Nodules in both lungs and the RUL. Mass in the LLL.\n")
    cascade = ("--relations", "cascade", "--set", "relations.then=cooccurrence", "--set", "relations.threshold=0.9")
    done = radnlp("explain", path, "--schema", "chest_ct", *cascade)
    assert done.status == 0, done.err
    trace = done.out.splitlines()
    assert any(line.startswith("  rules was unsure (0.") and "a side and a part of it" in line for line in trace)
    assert any(line.endswith("-> asked cooccurrence, which agrees") for line in trace)
    assert any(line.startswith("  rules was sure (0.9") for line in trace)
