"""The studies that random work begins with."""

from __future__ import annotations

from dataclasses import replace

from gui.plain.losses import KNOWN
from gui.plain.study import TITLES, Chosen, Plain, Rows
from hypothesis import strategies as st

from lossgui import LOSSES, Choice, Study

KINDS = ("probabilities", "logits", "log-probabilities", "values")
SHARES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.7, 0.95, 1.0])
WEIGHTS = st.sampled_from([0.0, 0.5, 1.0, 2.0])


@st.composite
def starts(draw: st.DrawFn) -> Plain:
    """Draw a study with one or two losses, most of which fit it; some have weights or a mask."""
    samples, classes = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    encoding, kind = draw(st.sampled_from(list(TITLES))), draw(st.sampled_from(KINDS[:1] * 2 + KINDS))

    def table(values: st.SearchStrategy[float], rows: int, columns: int) -> Rows:
        line = st.lists(values, min_size=columns, max_size=columns)
        return draw(st.lists(line, min_size=rows, max_size=rows))

    tables = {
        "labels": labels([draw(st.integers(0, classes - 1)) for _ in range(samples)], classes, encoding),
        "predictions": table(SHARES, samples, classes),
        "sample_weight": table(WEIGHTS, samples, 1) if draw(st.booleans()) else None,
        "class_weight": table(WEIGHTS, 1, classes) if draw(st.booleans()) else None,
        "mask": table(st.sampled_from([1.0, 1.0, 0.0]), samples, 1) if draw(st.booleans()) else None,
    }
    fitting = [loss for loss, known in KNOWN.items() if encoding in known.encodings and kind in known.kinds]
    losses = draw(st.lists(st.sampled_from(fitting or list(KNOWN)), min_size=1, max_size=2))
    choices = [draw(choices_of(loss, colour)) for colour, loss in enumerate(losses)]
    return Plain(tables, encoding, kind, [str(k) for k in range(classes)], [None] * samples, choices)


@st.composite
def choices_of(draw: st.DrawFn, loss: str, colour: int) -> Chosen:
    """Draw a profile, most often one under which the loss is computed here too, and a reduction."""
    profile = draw(st.sampled_from(KNOWN[loss].profiles) | st.sampled_from(LOSSES[loss].profiles))
    reduction = draw(st.sampled_from(list(LOSSES[loss].reductions(profile)) or [None]))
    return replace(chosen(loss, colour, profile), reduction=reduction)


def labels(own: list[int], classes: int, encoding: str) -> Rows:
    if encoding == "index":
        return [[float(each)] for each in own]
    off = -1.0 if encoding == "signed" else 0.0
    return [[1.0 if k == each else off for k in range(classes)] for each in own]


def chosen(loss: str, colour: int = 0, profile: str | None = None) -> Chosen:
    """Return a loss as it is added."""
    entry = LOSSES[loss]
    profile = profile or entry.profiles[0]
    parameters = tuple((one.name, one.default) for one in entry.form(profile).parameters)
    return Chosen(loss, profile, parameters, entry.usual_reduction(profile), colour)


def under(choice: Chosen, profile: str) -> Chosen:
    """Return a loss under another profile: what both ask for stays as it was."""
    other = chosen(choice.loss, profile=profile)
    before, after = dict(choice.parameters), other.parameters
    kept = tuple((name, before.get(name, default)) for name, default in after)
    reduction = reduction_under(choice, profile) or other.reduction
    return replace(choice, profile=profile, parameters=kept, reduction=reduction)


def reduction_under(choice: Chosen, profile: str) -> str | None:
    """Return the reduction of the same kind that another profile has of its own, or by the same name."""
    entry = LOSSES[choice.loss]
    if choice.reduction is None:
        return None
    kind = entry.reductions(choice.profile)[choice.reduction].kind
    same = [name for name, one in entry.reductions(profile).items() if one.kind == kind]
    own = [name for name in same if name in entry.own_reductions(profile)]
    return choice.reduction if choice.reduction in same else next(iter(own), None)


def study_of(plain: Plain) -> Study:
    """Return the program's study of plain lists."""
    flat = {
        which: None if rows is None else [value for row in rows for value in row]
        for which, rows in plain.tables.items()
    }
    indexed = plain.encoding == "index"
    return Study.of(
        [int(y) for y in flat["labels"]] if indexed else plain.tables["labels"],
        plain.tables["predictions"],
        plain.encoding,
        plain.kind,
        sample_weight=flat["sample_weight"],
        class_weight=flat["class_weight"],
        mask=flat["mask"],
        choices=tuple(Choice(**vars(choice)) for choice in plain.choices),
    )
