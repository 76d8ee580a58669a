"""Messages a person can act on: what happened, what is allowed, the near name."""

import pickle

import pytest

from radnlp import errors
from radnlp.errors import RadnlpError, UnknownNameError, UnknownProviderError, did_you_mean


def test_a_near_name_is_offered_before_the_list_of_all():
    assert did_you_mean("chest_cd", ["brain_mri", "chest_ct"]) == (
        "; did you mean 'chest_ct'? Available: brain_mri, chest_ct."
    )


def test_two_near_names_are_both_offered():
    assert did_you_mean("chest", ["chest_ct", "chest_xray"]).startswith("; did you mean 'chest_ct' or 'chest_xray'?")


def test_a_name_like_no_other_gets_the_list_only():
    assert did_you_mean("zzz", ["rules", "cooccurrence"]) == ". Available: cooccurrence, rules."


def test_where_nothing_is_on_offer_the_message_says_so():
    assert did_you_mean("bert", []) == "; none is available."


def test_an_unknown_name_keeps_what_a_program_needs_to_answer_it():
    error = UnknownProviderError("relation mapper", "rulez", iter(["rules", "cooccurrence"]), " Install radnlp-llama.")
    assert (error.kind, error.name, error.allowed) == ("relation mapper", "rulez", ("cooccurrence", "rules"))
    assert str(error) == (
        "unknown relation mapper 'rulez'; did you mean 'rules'? Available: cooccurrence, rules. Install radnlp-llama."
    )


@pytest.mark.parametrize("name", [name for name in vars(errors) if name.endswith("Error")])
def test_one_except_catches_everything_radnlp_raises(name):
    assert issubclass(getattr(errors, name), RadnlpError)


def test_wrong_names_are_wrong_configuration():
    assert issubclass(UnknownProviderError, UnknownNameError)
    assert issubclass(UnknownNameError, errors.ConfigError)
    assert issubclass(errors.AnswerError, errors.ProviderError)
    assert issubclass(errors.DuplicateNameError, errors.PluginError)


def test_an_unknown_name_comes_back_from_another_process():
    error = UnknownProviderError("relation mapper", "rulez", ["rules"], " Or none.")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(again), str(again), again.allowed) == (UnknownProviderError, str(error), ("rules",))
