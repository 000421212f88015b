"""Whether a chosen loss fits a study, in words."""

from __future__ import annotations

from collections.abc import Iterable

from lossgui.core import text
from lossgui.core.choice import Choice
from lossgui.core.encodings import ENCODINGS
from lossgui.core.study import Study

SOFTMAX_TWICE = (
    "The table says probabilities, and this loss applies softmax or the sigmoid to them once more."
)


def refusal(study: Study, choice: Choice) -> str | None:
    """Return why a chosen loss has no number for a study, in words; None if it has one."""
    entry = choice.entry
    if entry.encodings and study.labels is None:
        return "It compares predictions with labels, and this study has none."
    encodings = choice.form.encodings or entry.encodings
    if entry.encodings and study.encoding not in encodings:
        wanted = _either(ENCODINGS[name].title for name in encodings)
        return f"It takes labels written as {wanted}; these are {ENCODINGS[study.encoding].title}."
    kinds = choice.form.kinds or entry.kinds
    if not choice.parameter("from_logits") and study.kind not in kinds:
        wanted = _either(kinds)
        hint = " Say ‘from logits’, or apply softmax." if "from_logits" in dict(choice.parameters) else ""
        return f"It takes {wanted}; these predictions are {study.kind}.{hint}"
    chain = entry.chain(choice.profile, choice.parameters)
    if study.class_weight is not None and not chain.weighable:
        kind = "a loss of the whole batch" if entry.reduction is None else "one that is no sum over classes"
        return f"Class weights do not apply to {kind}."
    if study.sample_weight is not None and entry.reduction is None:
        return "Sample weights do not apply to a loss of the whole batch."
    return _unmet(study, choice)


def _unmet(study: Study, choice: Choice) -> str | None:
    for need in choice.entry.chain(choice.profile, choice.parameters).needs:
        table = study.table(need.of)
        found = None if table is None else need.first_wrong(table, study.mask)
        if table is not None and found is not None:
            if not need.placed:
                return f"{need.words}."
            row, column = found
            sample = f"sample {study.sample_name(row)}"
            if column is None:
                return f"{need.words}; not so in {sample}."
            return f"{need.words}; {sample} has {text.inputs([table[row, column]])[0]}."
    return None


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else str(last)
