"""Studies as JSON: what is written reads back the same, and what is wrong is named with its place."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lossgui.core.choice import Choice, Origin
from lossgui.core.encodings import ENCODINGS, one_hot
from lossgui.core.loss import KINDS
from lossgui.core.losses import LOSSES
from lossgui.core.names import why_not
from lossgui.core.parameter import Parameter
from lossgui.core.study import Study
from lossgui.files.studies import decode, encode, seal
from lossgui.files.unreadable import UnreadableError

FINITE = {"allow_nan": False, "allow_infinity": False}
WIDTHS = {"float32": 32, "float64": 64}


@st.composite
def labels(draw: st.DrawFn, encoding: str, outer: tuple[int, ...], classes: int) -> np.ndarray:
    chosen = draw(arrays.arrays(np.int64, outer, elements=st.integers(0, classes - 1)))
    if encoding == "index":
        return chosen
    if encoding == "one-hot":
        return one_hot(chosen, classes).reshape(*outer, classes)
    elements = {
        "binary": st.sampled_from([0.0, 1.0]),
        "signed": st.sampled_from([-1.0, 1.0]),
        "soft": st.floats(0, 1),
        "real": st.floats(**FINITE),
    }
    return draw(arrays.arrays(float, (*outer, classes), elements=elements[encoding]))


def values_of(parameter: Parameter) -> st.SearchStrategy[float | bool]:
    if isinstance(parameter.default, bool):
        return st.booleans()
    if parameter.whole:
        return st.integers(int(parameter.low), int(parameter.high)).map(float)
    return st.floats(parameter.low, parameter.high)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    loss = draw(st.sampled_from(list(LOSSES.values())))
    profile = draw(st.sampled_from(loss.profiles))
    offered = loss.form(profile).parameters
    parameters = {
        p.name: draw(values_of(p))
        for p in draw(st.lists(st.sampled_from(offered), unique=True) if offered else st.just([]))
    }
    reduction = draw(st.sampled_from([None, *loss.reductions(profile)]))
    return Choice.of(loss.name, profile, parameters, reduction, draw(st.integers(0, 9)))


@st.composite
def studies(draw: st.DrawFn) -> Study:
    outer = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)))
    size = draw(st.integers(1, 4))
    dtype, kind = draw(st.sampled_from(sorted(WIDTHS))), draw(st.sampled_from(KINDS))
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    within = {"min_value": 0, "max_value": 1} if kind == "probabilities" else {}
    numbers = st.floats(width=WIDTHS[dtype], **within)
    weights = st.floats(0, 1e300)
    names = st.text(max_size=5).filter(lambda name: why_not(name) is None)
    return Study.of(
        draw(st.none() | labels(encoding, outer, size)),
        draw(arrays.arrays(dtype, (*outer, size), elements=numbers)),
        encoding,
        kind,
        classes=draw(st.lists(st.text(max_size=5), min_size=size, max_size=size)),
        sample_weight=draw(st.none() | arrays.arrays(float, outer, elements=weights)),
        class_weight=draw(st.none() | st.lists(weights, min_size=size, max_size=size)),
        mask=draw(st.none() | arrays.arrays(bool, outer)),
        sample_names=draw(st.dictionaries(st.integers(0, math.prod(outer) - 1), names, max_size=3)),
        choices=tuple(draw(st.lists(choices(), max_size=3))),
        title=draw(st.text(max_size=5)),
        origin=Origin(*draw(st.tuples(*[st.text(max_size=5)] * 3))),
    )


@settings(deadline=None)
@given(studies())
def test_a_study_reads_back_as_it_was_written(study: Study) -> None:
    data = encode(study)
    again = decode(data)
    assert again == study
    assert encode(again) == data


def test_every_bit_of_a_number_is_kept() -> None:
    numbers = [0.1, -0.0, 5e-324, 1.7976931348623157e308, 1 / 3, float("nan"), float("inf"), -float("inf")]
    got = decode(encode(Study.of(None, [numbers], kind="values"))).predictions.to_array()
    assert got.tobytes() == np.array([numbers]).tobytes()


def test_equal_studies_give_equal_bytes() -> None:
    # Words that are equal, but not the same object, once were written where others were left out.
    made_at_run_time = "".join(["one-", "hot"]), "".join(["probab", "ilities"])
    assert encode(Study.of([[0, 1]], [[0.5, 0.5]], *made_at_run_time)) == encode(
        Study.of([[0, 1]], [[0.5, 0.5]])
    )


def test_who_knows_no_mask_cannot_read_a_study_that_has_one() -> None:
    # Left out unseen, a mask would give other numbers; names of samples would not.
    plain = Study.of(None, [[0.5, 0.5]], sample_names={0: "fido"})
    assert b'"version": 1,' in encode(plain) and b'"sample_names": [[0,"fido"]]' in encode(plain)
    assert b'"version": 2,' in encode(plain.masking()) and b'"mask": [true]' in encode(plain.masking())


# Reductions


def reread(version: int, profile: str, reduction: str, loss: str = "mean_squared_error") -> Choice:
    choice = {"loss": loss, "profile": profile, "reduction": reduction}
    content = {"encoding": "real", "kind": "values", "sample_weight": [1, 3], "choices": [choice]}
    return decode(file(version=version, **content)).choices[0]


@pytest.mark.parametrize("profile", LOSSES["mean_squared_error"].profiles)
@pytest.mark.parametrize("kind", ["mean", "sum", "weighted mean", "none"])
def test_a_reduction_that_was_named_by_its_kind_is_of_that_kind(profile: str, kind: str) -> None:
    for version in (1, 2, 3):
        assert reread(version, profile, kind).kind == kind


def test_names_of_frameworks_are_kept_where_a_kind_has_the_same_name() -> None:
    # scikit-learn's mean is a weighted one; until version 4 its name was that of the plain one.
    assert reread(4, "scikit-learn", "mean", "hinge").reduction == "mean"
    assert reread(1, "scikit-learn", "mean", "hinge").reduction == "Textbook mean"
    assert reread(1, "Keras 3", "mean").reduction == "mean"


def test_who_knows_no_names_of_frameworks_cannot_read_them() -> None:
    def written(*choice: str) -> bytes:
        return encode(Study.of([[0.0]], [[1.0]], "real", "values", choices=(Choice.of(*choice),)))

    assert b'"version": 1,' in written("mean_squared_error", "PyTorch")
    assert b'"version": 4,' in written("mean_squared_error", "Keras 3")
    assert b'"version": 4,' in written("hinge", "scikit-learn")


# What is wrong


CONTENT: dict[str, Any] = {
    "predictions": [[0.5, 0.5], [0.1, 0.9]],
    "classes": ["cat", "dog"],
    "encoding": "one-hot",
    "kind": "probabilities",
    "dtype": "float64",
    "labels": [[0, 1], [1, 0]],
}


def file(format: str = "lossgui study", version: Any = 1, **changes: Any) -> bytes:
    return sealed(json.dumps({**CONTENT, **changes}).encode(), format, version)


def sealed(content: bytes, format: str = "lossgui study", version: Any = 1) -> bytes:
    head = json.dumps({"format": format, "version": version, "sha256": seal(content)})
    return head[:-1].encode() + b', "study": ' + content + b"}"


def test_the_file_that_the_next_tests_break_is_read() -> None:
    assert decode(file()).samples == 2


def test_a_loss_that_has_moved_to_another_profile_is_found_there() -> None:
    choice = {"loss": "crossentropy_with_delta", "profile": "Textbook", "parameters": {"delta": 0.1}}
    found = decode(file(choices=[choice])).choices
    assert found == (Choice.of("crossentropy_with_delta", "NumPy", {"delta": 0.1}),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a study: Input data was truncated"),
        (b"cat,dog\n0,1\n", "not a study: JSON is malformed: .*byte 0"),
        (b"\xff\xfe\x00", "not a study: it is not UTF-8 at byte 0"),
        (b'{"format": "caf\xe9"}', "not a study: it is not UTF-8 at byte 15"),
        (b'{"x": ' + b"[" * 100_000, "not a study: it is nested too deeply"),
        (b"[1, 2]", "not a study: Expected `object`, got `array`"),
        (b"{}", "not a study: .*missing required field `format`"),
        (b'{"format": "lossgui study", "version": 1}', "has no SHA-256"),
        (sealed(b"{}"), "not a study: .*missing required field `predictions`"),
        (sealed(b"[1, 2]"), "not a study: Expected `object`, got `array`"),
        (file().replace(b"0.5", b"0.6", 1), "not as it was saved: its SHA-256 is another"),
        (file(version=0), "not as it was saved"),
        (file(format="something else"), "not a study, but ‘something else’"),
        (file(version=5), "later version .format 5."),
        (b'{"format": "lossgui study", "version": 9, "study": "elsewhere"}', "later version .format 9."),
        (file(version="1"), r"Expected `int`, got `str` - at `\$\.version`"),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value[:12]),
)
def test_what_is_no_study_is_said_to_be_none(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        decode(data)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"predictions": [[0.5, None], [0, 1]]}, r"got `null` - at `\$\.predictions\[0\]\[1\]`"),
        ({"predictions": [[0.5, 0.5], [0.1]]}, "Row 2 of the predictions has 1 numbers, not 2"),
        ({"predictions": [[0.5, 0.5], [0.1, "much"]]}, "‘much’ is no number: predictions, row 2"),
        ({"predictions": [[0.5, 0.5], [0.1, "1_0"]]}, "‘1_0’ is no number: predictions, row 2"),
        ({"predictions": [[0.5, 0.5], [0.1, 1.5]]}, "A probability .* 1.5 in sample 2"),
        ({"predictions": [[0.5, 0.5], ["nan", 0.5]]}, "A probability .* nan in sample 2"),
        ({"predictions": [], "labels": []}, "no samples"),
        ({"predictions": [[], []], "labels": [[], []], "classes": []}, "need at least one .*class"),
        ({"kind": "values", "dtype": "float32", "predictions": [[1e300, 0], [0, 0]]}, "too large .* float32"),
        ({"dtype": "int64"}, "Predictions cannot be of the type ‘int64’"),
        ({"kind": "guesses"}, "guesses"),
        ({"classes": ["cat"]}, "Row 1 of the predictions has 2 numbers, not 1"),
        ({"labels": [[0, 1], [1]]}, "Row 2 of the labels has 1 numbers, not 2"),
        ({"labels": [[0, 1]]}, "1 labels and 2 predictions"),
        ({"labels": [[0, 1], [1, 1]]}, "Labels are not one-hot: sample 2 needs one 1"),
        ({"labels": [[0, 1], ["inf", 0]]}, "Labels are not one-hot: sample 2"),
        ({"encoding": "real", "labels": [[0, 1], ["nan", 0]]}, "Labels are not real: sample 2"),
        ({"encoding": "index", "labels": [[0], [2]]}, "Labels are not class index: sample 2"),
        ({"encoding": "index", "labels": [[0], [0.5]]}, "Labels are not class index: sample 2"),
        ({"encoding": "index", "labels": [["nan"], [0]]}, "Labels are not class index: sample 1"),
        ({"encoding": "index"}, "Row 1 of the labels has 2 numbers, not 1"),
        ({"encoding": "roman"}, "Labels cannot be written as ‘roman’"),
        ({"sample_weight": [1]}, "1 sample weights and 2 samples"),
        ({"mask": [True]}, "1 entries of the mask and 2 samples"),
        ({"mask": [1, 0]}, r"Expected `bool`, got `int` - at `\$\.mask\[0\]`"),
        ({"sample_names": [[0, "a"], [0, "b"]]}, "A sample has two names"),
        ({"sample_names": [[2, "a"]]}, "Names of samples are not those of samples in order"),
        ({"sample_names": [[0, ""]]}, "A name needs at least one character"),
        ({"sample_weight": [1, "-inf"]}, "Sample weights must be finite"),
        ({"sample_weight": [1, "heavy"]}, "‘heavy’ is no number: sample weights"),
        ({"class_weight": [1]}, "1 class weights and 2 classes"),
        ({"outer": [2, 3]}, r"outer shape \[2, 3\] does not hold 2 samples"),
        ({"outer": [-1, -2]}, r"outer shape \[-1, -2\] does not hold 2 samples"),
        ({"choices": [{"loss": "hinge"}]}, r"missing required field `profile` - at `\$\.choices\[0\]`"),
    ],
    ids=lambda value: None if isinstance(value, str) else "-".join(value),
)
def test_what_does_not_hold_together_is_named_with_its_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        decode(file(**changes))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"loss": "hindge"}, "Loss 2: There is no loss called hindge"),
        ({"profile": "Keras 9"}, "Loss 2: Hinge is not computed by Keras 9"),
        ({"parameters": {"slope": 1}}, "Loss 2: Hinge has no parameter slope"),
        ({"reduction": "median"}, "Loss 2: Hinge has no reduction median"),
    ],
)
def test_what_is_wrong_with_a_loss_is_named_with_its_number(broken: dict[str, Any], message: str) -> None:
    choice = {"loss": "hinge", "profile": "Textbook"}
    with pytest.raises(UnreadableError, match=message):
        decode(file(choices=[choice, {**choice, **broken}]))


@pytest.mark.parametrize(
    "piece", [b"1e999", b"NaN", b"-Infinity", b"9" * 100_000, b"true", b"0x1", b"01", b"null"]
)
def test_numbers_that_json_has_not_are_refused(piece: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(broken(piece))


def broken(piece: bytes) -> bytes:
    return sealed(json.dumps(CONTENT).encode().replace(b"0.5", piece))


@settings(deadline=None)
@given(st.binary(max_size=40) | st.binary(max_size=4).map(broken))
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(data: bytes) -> None:
    try:
        decode(data)
    except UnreadableError as error:
        assert str(error)
