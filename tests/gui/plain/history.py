"""Undo, redo and what is saved: lists of studies, in plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field

from gui.plain.meaning import bounds, can_rescale, with_prediction
from gui.plain.study import Plain


@dataclass
class Step:
    """What was done, and what came of it; steps of one run of little changes have the same `run`."""

    old: Plain
    new: Plain
    run: object | None
    text: str = ""


@dataclass
class Run:
    """A run of little changes of one prediction."""

    begun: Plain
    made: Plain
    focus: tuple[int, int]
    rescale: bool
    token: object = field(default_factory=object)


class History:
    """A study that can be edited and undone."""

    def __init__(self, study: Plain) -> None:
        self.open(study)

    def open(self, study: Plain) -> None:
        self.study = study
        self.steps: list[Step] = []
        self.done = 0
        self.saved: int | None = 0
        self.run: Run | None = None

    @property
    def clean(self) -> bool:
        return self.saved == self.done

    def edit(self, new: Plain, run: object | None = None) -> None:
        if new is self.study:
            return
        last = self.steps[self.done - 1] if self.done else None
        del self.steps[self.done :]
        if self.saved is not None and self.saved > self.done:
            self.saved = None
        if run is not None and last is not None and last.run is run and not self.clean:
            last.new, last.text = new, ""
        else:
            self.steps.append(Step(self.study, new, run))
            self.done += 1
        self.study = new

    def undo(self) -> None:
        if self.done:
            self.done -= 1
            self.study = self.steps[self.done].old

    def redo(self) -> None:
        if self.done < len(self.steps):
            self.study = self.steps[self.done].new
            self.done += 1

    def step(self, focus: tuple[int, int], steps: int, rescale: bool) -> None:
        """Change a prediction by a little; what follows at once is part of the same step."""
        row, column = focus
        rescale = rescale and can_rescale(self.study, row)
        run = self.run
        if run is None or self.study is not run.made or run.focus != focus or run.rescale != rescale:
            run = self.run = Run(self.study, self.study, focus, rescale)
        now = self.study.rows("predictions")[row][column]
        size = 0.01 if self.study.kind == "probabilities" else 0.1
        low, high = bounds(run.begun, row, column, rescale)
        value = min(max(float(f"{now + steps * size:.12g}"), low), high)
        if value != now:
            run.made = with_prediction(run.begun, row, column, value, rescale)
            self.edit(run.made, run.token)
