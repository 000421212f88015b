"""Labels written another way: the same is said, or it is refused."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from core.drawn import cut
from core.small import WRITTEN, numbers, study
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossgui.core.encodings import ENCODINGS
from lossgui.core.study import RefusedError, Study


@st.composite
def some_labels(draw: st.DrawFn) -> tuple[str, np.ndarray]:
    encoding = draw(st.sampled_from(list(ENCODINGS)))
    shape = (draw(st.integers(1, 7)), 3)
    if encoding in ("one-hot", "index"):
        chosen = np.array(draw(st.lists(st.integers(0, 2), min_size=shape[0], max_size=shape[0])))
        return encoding, np.eye(3)[chosen] if encoding == "one-hot" else chosen
    elements = {
        "binary": st.sampled_from([0.0, 1.0]),
        "signed": st.sampled_from([-1.0, 1.0]),
        "soft": st.floats(0, 1) | st.sampled_from([0.0, 1.0, 1e-17]),
        "real": st.floats(-3, 3) | st.sampled_from([-1.0, 0.0, 1.0]),
    }[encoding]
    return encoding, draw(arrays(float, shape, elements=elements))


@given(some_labels(), st.sampled_from(list(ENCODINGS)))
def test_there_and_back_loses_nothing_or_is_refused_by_name(
    labels: tuple[str, np.ndarray], other: str
) -> None:
    encoding, array = labels
    before = cut(Study.of(array, np.zeros((len(array), 3)), encoding, "logits"), 2)
    try:
        there = before.with_encoding(other)
    except RefusedError as error:
        title = re.escape(ENCODINGS[other].title)
        assert re.match(rf"The labels cannot be written as {title}: sample \d+ .*\.$", str(error))
        return
    assert there.encoding == other and there.checked() is there
    assert there.with_encoding(encoding) == before


@pytest.mark.parametrize("new", [name for name in ENCODINGS if name != "real"])
@pytest.mark.parametrize("old", [name for name in ENCODINGS if name != "real"])
def test_classes_can_be_written_in_every_encoding(old: str, new: str) -> None:
    np.testing.assert_array_equal(
        study(old).with_encoding(new).labels.to_array(),
        np.array(WRITTEN[new]).reshape(3, -1),  # type: ignore[union-attr]
    )


@pytest.mark.parametrize("old", ENCODINGS)
def test_labels_become_real_as_they_stand(old: str) -> None:
    expected = WRITTEN["one-hot" if old == "index" else old]
    assert numbers(study(old).with_encoding("real").labels) == expected.tolist()


@pytest.mark.parametrize(
    ("old", "labels", "new", "words"),
    [
        (
            "binary",
            [[1, 0], [1, 1]],
            "one-hot",
            "cannot be written as one-hot: sample 2 needs one 1, all else 0.",
        ),
        (
            "binary",
            [[1, 0], [0, 0]],
            "index",
            "cannot be written as class index: sample 2 needs one 1, all else 0.",
        ),
        ("signed", [[1, -1], [1, 1]], "index", "cannot be written as class index: sample 2 needs one 1"),
        ("soft", [[1, 0], [0.5, 0.5]], "signed", "cannot be written as −1/+1: sample 2 must be 0 or 1."),
        ("soft", [[1, 0], [1e-17, 1]], "signed", "cannot be written as −1/+1: sample 2 must be 0 or 1."),
        ("soft", [[1, 0], [0.5, 0.5]], "binary", "cannot be written as 0/1: sample 2 must be 0 or 1."),
        ("real", [[1, 0], [0, 2]], "soft", "cannot be written as soft: sample 2 must lie between 0 and 1."),
        ("real", [[1, -1], [0, 1]], "signed", "cannot be written as −1/+1: sample 2 must be −1 or 1."),
    ],
)
def test_what_another_encoding_cannot_say_is_refused_by_name(
    old: str, labels: Any, new: str, words: str
) -> None:
    before = Study.of(labels, [[0.5, 0.5]] * 2, old)
    with pytest.raises(RefusedError, match=re.escape(words)):
        before.with_encoding(new)
    assert before == Study.of(labels, [[0.5, 0.5]] * 2, old)
