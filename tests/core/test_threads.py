"""Work on blocks on several threads: the same results in the same order, and nothing piles up."""

from __future__ import annotations

import threading
from time import sleep

import numpy as np
import pytest

from lossgui.core.choice import Choice
from lossgui.core.outcome import Outcome
from lossgui.core.study import Study
from lossgui.core.threads import AHEAD, TRIED, WORTH, in_order


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def slow(item: int) -> int:
    """Return the number of this thread, after as long as makes threads worth their while."""
    sleep(2 * WORTH)
    return threading.get_ident()


@pytest.mark.parametrize("longest", [0, 2 * WORTH])
def test_results_come_in_order(longest: float, two_cores: None) -> None:
    def slowest_first(item: int) -> int:
        sleep(longest * (item < 5))
        return item * item

    assert list(in_order(slowest_first, range(50))) == [item * item for item in range(50)]
    assert list(in_order(slowest_first, [])) == []


def test_long_work_is_done_on_other_threads_and_short_on_this_one(two_cores: None) -> None:
    here = threading.get_ident()
    assert {thread for thread in in_order(lambda _: threading.get_ident(), range(9))} == {here}
    first, others = [*in_order(slow, range(TRIED))], [*in_order(slow, range(TRIED + 6))][TRIED:]
    assert set(first) == {here} and len(others) == 6 and here not in others


def test_on_one_core_all_is_done_on_this_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert set(in_order(slow, range(9))) == {threading.get_ident()}


def test_results_wait_for_who_takes_them(two_cores: None) -> None:
    begun: list[int] = []
    results = in_order(lambda item: begun.append(item) or slow(item), range(100))
    assert [next(results) for _ in range(TRIED + 1)]
    sleep(0.05)
    assert TRIED < len(begun) <= TRIED + 2 * AHEAD + 2
    results.close()
    assert len(begun) <= TRIED + 2 * AHEAD + 2


@pytest.mark.parametrize("at", [1, 7])
def test_what_goes_wrong_reaches_who_asked(at: int, two_cores: None) -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda item: slow(item) // (at - item), range(9)))


@pytest.mark.parametrize("loss", ["categorical_crossentropy", "mean_squared_error", "l2_norm"])
@pytest.mark.parametrize("masked", [False, True])
def test_gradients_by_blocks_are_the_gradient_and_leave_the_sums(
    loss: str, masked: bool, two_cores: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lossgui.core.threads.TRIED", 0)  # side by side from the first on
    random = np.random.default_rng(0)
    predictions = random.dirichlet(np.ones(4), 40_000)
    labels = np.eye(4)[random.integers(0, 4, 40_000)]
    mask = random.integers(0, 2, 40_000).astype(bool) if masked else None
    ours = Outcome(Study.of(labels, predictions, mask=mask), Choice.of(loss))
    whole = Outcome(Study.of(labels, predictions, mask=mask), Choice.of(loss))
    starts, blocks = zip(*ours.gradients(), strict=True)
    assert list(starts) == list(ours.study.predictions.starts[:-1])
    assert ours.missing() == 0
    np.testing.assert_allclose(np.concatenate(blocks), whole.gradient(), rtol=1e-12, atol=0)
    np.testing.assert_allclose(ours.sums.groups, whole.sums.groups, rtol=1e-13)
    assert ours.value == pytest.approx(whole.value, rel=1e-14)
    assert ours.sums.rows.tolist() == whole.sums.rows.tolist()
