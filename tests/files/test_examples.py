"""Every row of worked.json: its number computed from an example, or left out by name, with the reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.study import RefusedError, Study
from lossgui.files import examples as examples_module
from lossgui.files.examples import FIRST, examples, load
from lossgui.files.studies import decode, encode

ROWS = {
    row["name"]: row
    for row in json.loads((Path(__file__).parents[1] / "data" / "worked.json").read_text(encoding="utf-8"))
}

Quantity = Callable[[Study], Any]


def outcome(study: Study, place: int = 0) -> Outcome:
    return evaluate(study).outcomes[place]


def headline(study: Study) -> Any:
    return outcome(study).value


def losses(study: Study) -> Any:
    return outcome(study).per_sample()


def of_outer_shape(study: Study) -> Any:
    return losses(study).reshape(study.outer)


def only_loss(study: Study) -> Any:
    (loss,) = losses(study)
    return loss


def gradient(study: Study) -> Any:
    return outcome(study).gradient()


def softmaxed(study: Study) -> Any:
    return study.softmaxed().predictions.to_array()


def gradient_through_softmax(study: Study) -> Any:
    p, slope = study.predictions.to_array(), gradient(study)
    return p * (slope - (p * slope).sum(axis=1, keepdims=True))


def largest_change_by_softmax(study: Study) -> Any:
    return np.abs(softmaxed(study) - study.predictions.to_array()).max()


def reductions(study: Study) -> Any:
    mean, weighted_mean, total = range(3)
    unweighted = replace(study, sample_weight=None)
    return [
        outcome(unweighted, mean).value,
        outcome(unweighted, total).value,
        outcome(study, mean).value,
        outcome(study, weighted_mean).value,
    ]


def categorical_binary_and_its_sum(study: Study) -> Any:
    parts = outcome(study, 1).contributions
    assert parts is not None
    return [outcome(study, 0).value, outcome(study, 1).value, parts.groups.sum()]


def square_over_entries(study: Study) -> Any:
    return headline(study) ** 2 / np.prod(study.predictions.shape)


def norm_with_and_without_square(study: Study) -> Any:
    errors = outcome(study, 1).gradient()
    return [headline(study), np.sqrt(-errors.sum())]


def minus_contributions(study: Study) -> Any:
    parts = outcome(study).contributions
    assert parts is not None
    return -parts.by_class


def decomposition(study: Study) -> Any:
    cross_entropy, divergence, entropy = (outcome(study, place).per_sample() for place in range(3))
    return [entropy[1], divergence[0], cross_entropy[0]]


def pull_by_logit(study: Study) -> Any:
    p = study.predictions.to_array()
    return np.abs(gradient(study) * p * (1 - p))[:, 0]


def steps_to_nine_tenths(study: Study, place: int = 0) -> list[int]:
    """Descend by the logits at a rate of 1; count each sample's steps until its prediction is 0.9."""
    labels = study.labels
    assert labels is not None
    y, p = labels.to_array(), study.predictions.to_array()
    z = np.log(p / (1 - p))
    steps = np.zeros(len(z), int)
    while (short := p < 0.9).any():
        run = outcome(study, place).chain.run(y, p)
        z -= short * run.gradient({"loss": np.ones(len(z))}) * p * (1 - p)
        steps += short[:, 0]
        p = 1 / (1 + np.exp(-z))
    return steps.tolist()


def half_sum_and_mean(study: Study) -> Any:
    return [outcome(study, place).per_sample()[0] for place in range(2)]


def second_is_better(study: Study) -> Any:
    return all(np.diff(outcome(study, place).per_sample()) < 0 for place in range(2))


def mean_of_so_many_and_ten_times_as_many(study: Study) -> Any:
    labels = study.labels
    assert labels is not None
    tiled = [np.tile(table.to_array(), (10, 1)) for table in (labels, study.predictions)]
    return [headline(study), headline(Study.of(*tiled, choices=study.choices))]


COMPUTED: dict[str, Quantity] = {
    "A_softmax_once": softmaxed,
    "A_softmax_twice": softmaxed,
    "A_ce_logits_correct": losses,
    "A_ce_softmaxed_twice": losses,
    "A_ce_manual_formula": losses,
    "A_grad_single": gradient,
    "A_grad_double": gradient_through_softmax,
    "A_claim_double_changes_dist": largest_change_by_softmax,
    "A_four_ce_kinds": losses,
    "A_weighted_sigmoid_ce": losses,
    "A_hinge_stub": losses,
    "A_mse_stub": headline,
    "B_cce_none": losses,
    "B_cce_log_sign": lambda study: -losses(study),
    "B_log_is_ln": lambda study: losses(study) / np.log(10),
    "B_sparse_same": losses,
    "B_cce_reductions": reductions,
    "B_hinge": headline,
    "B_hinge_samples": losses,
    "B_hinge_no_convert": headline,
    "B_cosine": losses,
    "B_cosine_zero_vector": only_loss,
    "B_cosine_range": losses,
    "B_mse_mae_rows": losses,
    "C_cce_2class": of_outer_shape,
    "C_cce_2class_manual": headline,
    "C_cce_4class": of_outer_shape,
    "C_cce_4class_manual": headline,
    "C_claim_only_true_class": losses,
    "C_claim_sum_to_one": headline,
    "C_bce_vs_cce": categorical_binary_and_its_sum,
    "D_mse_loss1": headline,
    "D_mse_loss2": square_over_entries,
    "D_mse_loss3": headline,
    "D_mse_rows": losses,
    "D_l2norm_formula": norm_with_and_without_square,
    "D_onehot_comment": lambda study: len(study.classes),
    "D_entropy_uniform4": headline,
    "D_entropy_p7": headline,
    "D_entropy_p97": headline,
    "D_entropy_terms": minus_contributions,
    "D_decomposition": decomposition,
    "D_claim_equal_means_zero": losses,
    "D_onehot_min": headline,
    "D_onehot_kl": headline,
    "D_binary_identity": headline,
    "D_ce_q04": headline,
    "D_ce_q098": headline,
    "D_cce_uniform": headline,
    "D_cce_renorm": headline,
    "D_cce_07": headline,
    "D_cce_097": headline,
    "D_bce_class": headline,
    "D_bce_function": only_loss,
    "D_why_not_mse_grad": pull_by_logit,
    "D_why_not_mse_steps": steps_to_nine_tenths,
    "E_half_sse_a": headline,
    "E_half_sse_b": headline,
    "E_name_mse": half_sum_and_mean,
    "E_half_derivative": lambda study: gradient(study)[0],
    "E_claim_b_better": second_is_better,
    "E_label_index": lambda study: study.labels[0, 0],  # type: ignore[index]
    "E_cee_a": headline,
    "E_cee_b": headline,
    "E_log0": headline,
    "E_delta_negative_loss": headline,
    "E_batch_onehot": headline,
    "E_batch_1d": headline,
    "E_sparse_batch": headline,
    "E_label_batch": headline,
    "E_mean_invariance": mean_of_so_many_and_ten_times_as_many,
    "E_monotone": losses,
}
"""What of the example of the same name, or of the one that `INSTEAD` names, is the row's number."""

INSTEAD = {
    "A_softmax_once": "A_ce_logits_correct",
    "A_softmax_twice": "A_ce_softmaxed_twice",
    "A_claim_double_changes_dist": "A_ce_softmaxed_twice",
    "B_log_is_ln": "B_cce_log_sign",
}

SKIPPED = {
    "A_claim_names": "words only: what a tutorial calls logits",
    "B_hinge_convert_rule": "a rule without a number; Keras' hinge converts labels by it in B_hinge",
    "D_claim_lower_entropy": "an order without a number; its entropies are those of _uniform4 and _p97",
    "D_meta_learning": "words only: where squared errors are used all the same",
    "E_sparse_given_onehot": "a misuse that a study refuses: a one-hot row is no class index",
}

NOT_IN_THE_MENU = {
    "A_softmax_once": "logits without labels; ‘apply softmax’ does it in A_ce_logits_correct",
    "A_softmax_twice": "logits without labels; ‘apply softmax’ does it in A_ce_softmaxed_twice",
    "A_claim_double_changes_dist": "logits without labels, and the difference of two tables",
    "A_claim_names": "no tables",
    "B_log_is_ln": "two logarithms and no table; the remark of B_cce_log_sign tells it",
    "B_hinge_convert_rule": "no tables",
    "D_meta_learning": "no tables",
    "E_sparse_given_onehot": "a study refuses its labels",
}

NAMES = [example.name for example in examples()]
FROM_ROWS = [name for name in NAMES if name in ROWS]


def expected(name: str) -> Any:
    value = ROWS[name]["expected"]
    return expected(value.removeprefix("see ")) if str(value).startswith("see ") else value


@pytest.mark.parametrize("name", ROWS)
def test_every_number_of_the_tutorials_comes_from_an_example(name: str) -> None:
    if name in SKIPPED:
        pytest.skip(SKIPPED[name])
    wanted = np.asarray(expected(name), float)
    got = np.asarray(COMPUTED[name](load(INSTEAD.get(name, name))), float)
    assert got.shape == wanted.shape
    allowed = np.where(wanted == 0, 1e-12, 1e-9 * np.abs(wanted))
    assert (np.abs(got - wanted) <= allowed).all(), f"{got.tolist()} is not {wanted.tolist()}"


def test_no_row_is_forgotten() -> None:
    assert COMPUTED.keys() | SKIPPED.keys() == ROWS.keys()
    assert not COMPUTED.keys() & SKIPPED.keys()
    assert set(FROM_ROWS) | NOT_IN_THE_MENU.keys() == ROWS.keys()
    assert not set(FROM_ROWS) & NOT_IN_THE_MENU.keys()


# What a second loss of an example, or its remark, claims


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("A_ce_softmaxed_twice", [None, 1.019920694, 1.560914399]),
        ("B_cce_reductions", [0.8135987767, 1.627197553, 1.627197553]),
        ("B_hinge", [1.3, 0.9]),
        ("B_mse_mae_rows", [1.514096693, 1.035334391]),
        ("C_claim_sum_to_one", [2.397895273, 2.302585093]),
        ("D_mse_rows", [None, 1.035334391, 15.14096693, 5.502902312]),
        ("D_entropy_uniform4", [2, 1.386294361]),
        ("D_entropy_p7", [1.356779649, 0.9404479887]),
        ("D_entropy_p97", [0.2419407329, 0.1677005368]),
        ("D_onehot_min", [0, 1.00000005e-07]),
        ("D_onehot_kl", [0.3566749439, 0.3566749439]),
        ("D_binary_identity", [0.6390318597, 0.6390318597]),
        ("D_cce_renorm", [2.397895273, 2.302585093]),
        ("D_bce_class", [2.302584093, 2.302585093]),
        ("E_half_sse_a", [0.7775, 0.38875]),
        ("E_half_sse_b", [0.0275, 0.01375]),
        ("E_cee_a", [2.995730274, 2.995732274]),
        ("E_cee_b", [0.2231434263, 0.2231435513]),
        ("E_log0", [16.11809565, 16.11809565, 15.42494847, np.inf]),
        ("E_delta_negative_loss", [-9.999999506e-08, 0, 1.00000005e-07]),
        ("E_mean_invariance", [1.609436850, 160.9436850]),
        ("F_certain_and_wrong", [np.inf, 16.11809565, 15.42494847, 16.11809565, 100]),
        ("F_class_weights_index", [1.253162552, 3.132906379]),
        ("F_class_weights_one_hot", [3.132906379]),
    ],
)
def test_losses_side_by_side(name: str, values: list[float | None]) -> None:
    got = [one.value for one in evaluate(load(name)).outcomes]
    assert got == [None if value is None else pytest.approx(value, rel=1e-9) for value in values]


def test_keras_3_clips_class_indices_before_it_normalises() -> None:
    assert outcome(load("B_sparse_same"), 1).per_sample() == pytest.approx(
        [0.05129339439, 2.302585093], rel=1e-9
    )


def test_the_formula_has_no_cosine_for_a_row_of_zeros() -> None:
    assert np.isnan(outcome(load("B_cosine_zero_vector"), 1).per_sample()).all()


def test_cross_entropy_descends_faster() -> None:
    assert steps_to_nine_tenths(load("D_why_not_mse_steps"), 1) == [12, 16, 21]


def test_a_peaked_distribution_has_less_entropy() -> None:
    assert losses(load("D_claim_lower_entropy")) == pytest.approx([2, 0.2419407329], rel=1e-9)


def test_a_one_hot_row_is_refused_as_a_class_index() -> None:
    with pytest.raises(RefusedError, match="Labels of the shape"):
        Study.of([[0, 1, 0, 0]], [[0.1, 0.05, 0.05, 0.8]], "index")


# The files


@pytest.mark.parametrize("example", examples(), ids=NAMES)
def test_files_hold_what_the_program_would_save(example: examples_module.Example) -> None:
    data = example.path.read_bytes()
    assert encode(decode(data)) == data


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_has_a_number(name: str) -> None:
    study = load(name)
    assert study.choices
    assert [choice.colour for choice in study.choices] == list(range(len(study.choices)))
    for one in evaluate(study).outcomes:
        assert one.refusal is None
        assert one.per_sample().shape == (study.samples,)
        assert one.gradient().shape == study.predictions.shape


@pytest.mark.parametrize("name", FROM_ROWS)
def test_what_is_not_plain_has_a_remark(name: str) -> None:
    origin = load(name).origin
    assert ROWS[name]["printed"] in origin.printed
    assert bool(origin.printed) == bool(ROWS[name]["printed"])
    assert origin.remark or ROWS[name]["status"] == "OK"
    assert not origin.remark or origin.remark.endswith(".")


# The menu


def test_the_first_example_is_listed_first() -> None:
    assert NAMES[0] == FIRST
    assert load(FIRST).classes == ("cat", "dog", "bird")


def test_examples_are_listed_by_file_name_in_groups() -> None:
    groups = [example.group for example in examples()]
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)
    for group in set(groups):
        names = [example.name for example in examples() if example.group == group]
        assert names == sorted(names)
    letters = {example.group.split()[1][0] for example in examples() if example.name in ROWS}
    assert letters == set("ABCDE")


def test_menu_entries_are_short_and_tell_examples_apart() -> None:
    titles = [example.title for example in examples()]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 42
    assert not [title for title in titles if title.endswith(".") or not title.strip()]


def test_the_menu_says_what_the_study_says() -> None:
    for example in examples():
        study = load(example.name)
        assert (study.title, study.origin.group) == (example.title, example.group)


def test_an_unknown_example_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(ValueError, match=r"no example called ‘b_hinj’\. Did you mean B_hinge"):
        load("b_hinj")
    with pytest.raises(ValueError, match=r"no example called ‘\.\./start’"):
        load("../start")
    with pytest.raises(ValueError, match=r"no example called ‘zzzz’\.$"):
        load("zzzz")
