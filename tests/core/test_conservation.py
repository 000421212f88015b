"""What contributions claim: that they add up to the headline, whichever way they are added."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from core.drawn import DEFAULTS, Case, cut, drawn, headline, masked, weightings

from lossgui.core.evaluate import Outcome
from lossgui.core.sums import MOST_GROUPS

SUMS = [case for case in DEFAULTS if case.choice().entry.chain(case.profile, case.parameters).terms]


def outcomes(case: Case, samples: int, classes: int) -> list[Outcome]:
    """Return the case under every reduction, with all weights that it takes, without and with a mask."""
    settings = product(case.reductions, weightings(samples, classes), [{}, masked(samples)])
    found = [
        Outcome(drawn(case, samples, classes, **weights, **mask), case.choice(reduction))
        for reduction, weights, mask in settings
    ]
    return [outcome for outcome in found if outcome.refusal is None]


@pytest.mark.parametrize("classes", [3, MOST_GROUPS + 1])
@pytest.mark.parametrize("case", SUMS, ids=str)
def test_contributions_add_up_to_the_headline(case: Case, classes: int) -> None:
    for outcome in outcomes(case, 7, classes):
        parts = outcome.contributions
        assert parts is not None
        rows = np.array([outcome.row_contributions(row) for row in range(7)])
        value = headline(outcome.study, outcome.choice)
        allowed = 1e-12 * np.abs(rows).sum()
        assert abs(parts.total - value) <= allowed
        assert abs(parts.by_class.sum() + parts.remainder - value) <= allowed
        np.testing.assert_allclose(rows.sum(axis=0), parts.by_class, rtol=0, atol=allowed)


@pytest.mark.parametrize("case", SUMS, ids=str)
@pytest.mark.parametrize("classes", [3, MOST_GROUPS + 1])
def test_blocks_change_nothing(case: Case, classes: int) -> None:
    # 150 rows: a block of more than 64 is added up by a matrix product.
    whole = outcomes(case, 150, classes)[-1]
    ours = whole.contributions
    for block_rows in (4, 70):
        theirs = Outcome(cut(whole.study, block_rows), whole.choice).contributions
        assert ours is not None and theirs is not None and ours.names == theirs.names
        groups = ours.factor * ours.groups
        allowed = 1e-12 * np.abs(groups).sum()
        np.testing.assert_allclose(theirs.total, ours.total, rtol=0, atol=allowed)
        np.testing.assert_allclose(theirs.factor * theirs.groups, groups, rtol=0, atol=allowed)


@pytest.mark.parametrize("case", [case for case in SUMS if case.encoding in ("one-hot", "index")], ids=str)
def test_groups_hold_the_samples_of_their_class(case: Case) -> None:
    study = drawn(case, samples=9)
    assert study.labels is not None
    labels = study.labels.to_array()
    own = labels[:, 0] if case.encoding == "index" else labels.argmax(axis=1)
    outcome = Outcome(study, case.choice())
    parts = outcome.contributions
    assert parts is not None and parts.names == study.classes
    for group in range(3):
        rows = [outcome.row_contributions(int(row)) for row in np.flatnonzero(own == group)]
        np.testing.assert_allclose(
            parts.factor * parts.groups[group], sum(rows, np.zeros(3)), rtol=1e-12, atol=1e-15
        )


@pytest.mark.parametrize("case", [case for case in SUMS if case.encoding in ("one-hot", "index")], ids=str)
def test_with_many_classes_groups_tell_own_from_other(case: Case) -> None:
    few, many = (drawn(case, samples=9, classes=classes) for classes in (MOST_GROUPS, MOST_GROUPS + 1))
    apart, together = (Outcome(study, case.choice()).contributions for study in (few, many))
    assert apart is not None and together is not None
    assert len(apart.groups) == MOST_GROUPS and len(together.groups) == 2
    # Sorted out by hand: what falls on the sample's own class.
    outcome = Outcome(many, case.choice())
    assert many.labels is not None
    labels = many.labels.to_array()
    own = labels[:, 0] if case.encoding == "index" else labels.argmax(axis=1)
    expected = np.zeros(MOST_GROUPS + 1)
    for row, k in enumerate(own):
        contributions = outcome.row_contributions(row)
        assert contributions is not None
        expected[k] += contributions[k]
    np.testing.assert_allclose(together.factor * together.groups[0], expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("case", SUMS, ids=str)
def test_float32_holds_to_its_own_digits(case: Case) -> None:
    outcome = Outcome(drawn(case, 200, dtype=np.float32), case.choice())
    parts = outcome.contributions
    assert parts is not None
    assert (
        abs(parts.total - headline(outcome.study, outcome.choice))
        <= 1e-5 * np.abs(parts.groups * parts.factor).sum()
    )
