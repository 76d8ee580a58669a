"""radnlp new-plugin: what it says, and what it refuses."""

import pytest


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_says_what_to_do_next(radnlp, elsewhere):
    done = radnlp("new-plugin", "radnlp-my-nearest", "--hook", "relation_mappers", "--hook", "checks")
    assert done.status == 0
    steps = [line.strip() for line in done.out.splitlines()[2:]]
    assert steps == ["cd radnlp-my-nearest", 'pip install -e ".[test]"', "pytest", "radnlp plugins"]
    assert (elsewhere / "radnlp-my-nearest" / "radnlp_my_nearest" / "mapper.py").is_file()
    assert (elsewhere / "radnlp-my-nearest" / "radnlp_my_nearest" / "check.py").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x-y"], "name what it should offer with --hook, repeatable: schemas, lexicons, entity_key_classifiers"),
        (["--hook", "checks"], "a NAME is missing"),
        (["x-y", "--hook", "cheques"], "unknown hook 'cheques'; did you mean 'checks'?"),
        (["rules", "--hook", "relation_mappers"], "'rules' is offered by radnlp.rules.plugin already"),
        (["chest-ct", "--hook", "schemas"], "'chest_ct' is offered by radnlp.hooks.shipped already"),
        (["x y", "--hook", "checks"], "'x y' cannot be the name of a package"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(radnlp, elsewhere, arguments, words):
    done = radnlp("new-plugin", *arguments)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert list(elsewhere.iterdir()) == []


def test_the_list_has_every_hook(radnlp):
    from radnlp.hooks import specs

    listed = [line.split()[0] for line in radnlp("new-plugin", "--list").out.splitlines()]
    assert [f"radnlp_register_{hook}" for hook in listed] == [
        name for name in vars(specs) if name.startswith("radnlp_")
    ]
