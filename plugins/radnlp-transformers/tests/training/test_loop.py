"""A training goes the same way again, and goes on where it was stopped."""

import json

import pytest

torch = pytest.importorskip("torch")

from radnlp_transformers.training.loop import Plan, rate, shuffled, train  # noqa: E402

from radnlp.api import ConfigError  # noqa: E402


class Line:
    """Fits y = 2x with a dropped-out layer; validation says how far off it is."""

    def __init__(self, seed=0, count=24):
        torch.manual_seed(seed)
        self.module = torch.nn.Sequential(torch.nn.Linear(1, 8), torch.nn.Dropout(0.2), torch.nn.Linear(8, 1))
        self.points = [torch.tensor([[number / count]]) for number in range(count)]

    def batches(self, epoch):
        return shuffled(self.points, seed=5, epoch=epoch)

    def loss(self, x):
        return ((self.module(x) - 2 * x) ** 2).mean()

    def validate(self):
        return {"score": -float(sum(self.loss(x) for x in self.points))}


PLAN = Plan(epochs=5, batch_size=1, accumulate=2, learning_rate=0.01, patience=9, seed=4)


def run(task, folder, *, plan=PLAN, resume=False, show=lambda items, label: items, about=None):
    return train(task, plan, folder=folder, about=about or {}, resume=resume, device=torch.device("cpu"), show=show)


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_the_same_seed_gives_the_same_losses(tmp_path):
    first, second = (run(Line(), tmp_path / name) for name in "ab")
    assert first.epochs == second.epochs
    assert run(Line(), tmp_path / "c", plan=Plan(**{**vars_of(PLAN), "seed": 5})).epochs != first.epochs


def test_an_interrupted_training_goes_on_as_if_it_had_not_been(tmp_path):
    whole = run(Line(), tmp_path / "whole")

    def broken(items, label):
        for number, item in enumerate(items):
            if label == "epoch 3/5" and number == 10:
                raise KeyboardInterrupt
            yield item

    with pytest.raises(KeyboardInterrupt):
        run(Line(), tmp_path / "stopped", show=broken)
    task = Line(seed=99)  # other fresh weights: all must come from the checkpoint
    assert run(task, tmp_path / "stopped", resume=True).epochs == whole.epochs


def test_the_checkpoint_holds_no_pickle(tmp_path):
    run(Line(), tmp_path / "c")
    names = sorted(path.name for path in (tmp_path / "c").iterdir())
    assert names == ["best.safetensors", "optimizer.safetensors", "state.json", "weights.safetensors"]


def test_another_training_cannot_go_on_from_a_checkpoint(tmp_path):
    run(Line(), tmp_path / "c", about={"data": "one"})
    with pytest.raises(ConfigError, match="a training with other batch_size, data"):
        plan = Plan(**{**vars_of(PLAN), "batch_size": 2})
        run(Line(), tmp_path / "c", about={"data": "two"}, plan=plan, resume=True)


def test_it_stops_when_nothing_gets_better_and_keeps_the_best(tmp_path):
    class Worse(Line):
        seen = 0

        def validate(self):
            self.seen += 1
            self.kept = getattr(self, "kept", None) or {n: w.clone() for n, w in self.module.state_dict().items()}
            return {"score": -self.seen}

    task = Worse()
    progress = run(task, tmp_path / "c", plan=Plan(**{**vars_of(PLAN), "patience": 2}))
    assert (len(progress.epochs), progress.best) == (3, 0)
    assert all(torch.equal(weight, task.kept[name]) for name, weight in task.module.state_dict().items())


def test_a_loss_that_is_no_number_stops_it(tmp_path):
    class Broken(Line):
        def loss(self, x):
            return super().loss(x) * float("nan")

    with pytest.raises(ConfigError, match="the loss became nan; take a smaller --learning-rate"):
        run(Broken(), tmp_path / "c")


def test_a_damaged_checkpoint_is_named(tmp_path):
    run(Line(), tmp_path / "c")
    state = json.loads((tmp_path / "c" / "state.json").read_text())
    (tmp_path / "c" / "state.json").write_text(json.dumps({**state, "done": False}))
    path = tmp_path / "c" / "weights.safetensors"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(ConfigError, match=r"weights\.safetensors: not the weights of this model"):
        run(Line(), tmp_path / "c", resume=True)


def test_the_rate_of_a_cosine_with_a_number_of_steps_to_warm_up():
    plan = Plan(epochs=1, batch_size=1, learning_rate=1.0, warmup=100, decay="cosine")
    rates = [rate(step, 1000, plan) for step in range(1000)]
    assert rates[99] == rates[100] == 1.0
    assert rates[:100] == sorted(rates[:100])
    assert rates[100:] == sorted(rates[100:], reverse=True)


def vars_of(plan):
    return {name: getattr(plan, name) for name in plan.__slots__}
