"""What a loss asks for besides labels and predictions: numbers, and yes or no."""

from __future__ import annotations

from dataclasses import dataclass

Value = float | bool


@dataclass(frozen=True)
class Parameter:
    """A number or a yes-or-no that a loss asks for.

    Parameters
    ----------
    name
        As in code.
    title
        As in the window.
    default
        A float, or a bool for a yes-or-no.
    low, high
        The range, ends included.
    words
        What it means.
    whole
        Whether it is a whole number.
    reach
        What a slider goes through; None: the whole range.
    """

    name: str
    title: str
    default: Value
    words: str
    low: float = 0.0
    high: float = 1.0
    whole: bool = False
    reach: tuple[float, float] | None = None

    def takes(self, value: Value) -> bool:
        """Tell whether a value is of the parameter's type and within its range."""
        if isinstance(self.default, bool) or isinstance(value, bool):
            return isinstance(self.default, bool) and isinstance(value, bool)
        return self.low <= float(value) <= self.high and not self._broken(value)

    def _broken(self, value: Value) -> bool:
        return self.whole and not float(value).is_integer()

    def checked(self, value: Value) -> Value:
        """Return the value, as the parameter's type.

        Raises
        ------
        ValueError
            If it lies outside the range, or is not whole where it must be.
        """
        if isinstance(self.default, bool):
            return bool(value)
        if not self.low <= float(value) <= self.high:
            raise ValueError(f"{self.title} must lie between {self.low:g} and {self.high:g}.")
        if self._broken(value):
            raise ValueError(f"{self.title} must be a whole number.")
        return float(value)


FROM_LOGITS = Parameter(
    "from_logits",
    "from logits",
    False,
    "Whether the predictions are logits, to which the loss itself applies softmax or the sigmoid.",
)
