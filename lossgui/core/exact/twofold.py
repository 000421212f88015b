"""Arrays of pairs that NumPy's functions take: what is written for arrays computes with 106 bits in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import ArrayLike, DTypeLike

from lossgui.core.exact import functions, pairs
from lossgui.core.exact.pairs import Axes, Pair
from lossgui.core.table import Array


class Twofold(NDArrayOperatorsMixin):
    """An array of numbers of 106 bits, each the sum of two float64.

    Parameters
    ----------
    high, low
        Of the same shape; high is the sum of both, rounded to float64.

    Notes
    -----
    It mixes with plain arrays and numbers, which are taken as exact. A result that is not finite is that of
    plain float64.
    """

    __slots__ = ("high", "low")

    def __init__(self, high: Array, low: Array) -> None:
        self.high, self.low = high, low

    @classmethod
    def of(cls, numbers: ArrayLike) -> Twofold:
        """Return plain numbers as they are."""
        high = np.asarray(numbers, np.float64)
        return cls(high, np.zeros_like(high))

    @classmethod
    def of_floats(cls, value: Any) -> Any:
        """Return plain floating-point numbers as they are, and anything else untouched."""
        is_plain = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        return cls.of(value) if is_plain else value

    def rounded(self, dtype: DTypeLike = np.float64) -> Array:
        """Return the nearest numbers of a plain type."""
        return self.high.astype(dtype, copy=False)

    # As arrays have it

    @property
    def shape(self) -> tuple[int, ...]:
        """Its shape."""
        return self.high.shape

    @property
    def ndim(self) -> int:
        """The count of its axes."""
        return self.high.ndim

    @property
    def size(self) -> int:
        """The count of its numbers."""
        return self.high.size

    @property
    def strides(self) -> tuple[int, ...]:
        """The steps in memory of its high words."""
        return self.high.strides

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of either word."""
        return self.high.dtype

    @property
    def T(self) -> Twofold:  # noqa: N802 - as NumPy has it
        """The axes in reverse order."""
        return Twofold(self.high.T, self.low.T)

    def __len__(self) -> int:
        return len(self.high)

    def __getitem__(self, place: Any) -> Twofold:
        return Twofold(self.high[place], self.low[place])

    def __setitem__(self, place: Any, value: Any) -> None:
        self.high[place], self.low[place] = words(value)

    def __float__(self) -> float:
        return float(self.high)

    def __repr__(self) -> str:
        return f"Twofold({self.high!r}, {self.low!r})"

    def __array__(self, *more: Any, **options: Any) -> NoReturn:
        raise TypeError("half of the digits would be lost: ask for rounded()")

    def astype(self, dtype: DTypeLike, copy: bool = True) -> Any:
        """Return the numbers as another type; a float type is one already."""
        if np.dtype(dtype).kind == "f":
            return Twofold(self.high.copy(), self.low.copy()) if copy else self
        return self.high.astype(dtype)

    def copy(self) -> Twofold:
        """Return a copy."""
        return Twofold(self.high.copy(), self.low.copy())

    def reshape(self, *shape: Any) -> Twofold:
        """Return the numbers in another shape."""
        return Twofold(self.high.reshape(*shape), self.low.reshape(*shape))

    def sum(self, axis: Axes = None, dtype: DTypeLike | None = None, keepdims: bool = False) -> Twofold:
        """Return the sum along axes."""
        return self.summed(lambda word: word.sum(axis=axis, keepdims=keepdims), axis)

    def summed(self, sums: Callable[[Array], Array], axis: Axes) -> Twofold:
        """Return sums of the numbers along axes, such as those of groups of rows.

        Parameters
        ----------
        sums
            An array of the same shape -> its sums, in any order.
        """
        return Twofold(*pairs.added((self.high, self.low), axis, sums))

    def mean(self, axis: Axes = None, dtype: DTypeLike | None = None, keepdims: bool = False) -> Any:
        """Return the mean along axes."""
        total = self.sum(axis, None, keepdims)
        return total / (self.size / max(total.size, 1))

    def max(self, axis: Axes = None, keepdims: bool = False) -> Twofold:
        """Return the largest along axes."""
        high = self.high.max(axis=axis, keepdims=True)
        low = np.where(self.high == high, self.low, -np.inf).max(axis=axis, keepdims=True)
        largest = Twofold(high, np.where(np.isfinite(low), low, 0))
        return largest if keepdims else np.squeeze(largest, axis=axis)  # type: ignore[return-value]

    def min(self, axis: Axes = None, keepdims: bool = False) -> Twofold:
        """Return the smallest along axes."""
        result: Twofold = -(-self).max(axis, keepdims)
        return result

    def argmax(self, axis: int | None = None, keepdims: bool = False) -> Any:
        """Return the place of the first of the largest along an axis."""
        return np.argmax(np.asarray(self == self.max(axis, keepdims=True)), axis, keepdims=keepdims)

    # NumPy's functions

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        out = options.pop("out", None)
        function = functions.UFUNCS.get(ufunc)
        if method == "reduce" and ufunc in REDUCTIONS:
            return REDUCTIONS[ufunc](*inputs, **options)
        if function is None or method != "__call__" or options:
            return NotImplemented
        result = function(*(words(value) for value in inputs))
        if not isinstance(result, tuple):
            return result
        if out is None:
            return Twofold(*result)
        (kept,) = out
        kept[...] = Twofold(*result)
        return kept

    def __array_function__(
        self, function: Callable[..., Any], types: Any, args: tuple[Any, ...], options: dict[str, Any]
    ) -> Any:
        if function in OF_ONE:
            first, *rest = args
            return Twofold(*(function(word, *rest, **options) for word in words(first)))
        if function in OF_MANY:
            first, *rest = args
            each = zip(*(words(value) for value in first), strict=True)
            return Twofold(*(function(word, *rest, **options) for word in each))
        return FUNCTIONS[function](*args, **options) if function in FUNCTIONS else NotImplemented


def words(value: Any) -> Pair:
    """Return the high and low words of what may be a plain array or number."""
    if isinstance(value, Twofold):
        return value.high, value.low
    high = np.asarray(value, np.float64)
    return high, np.zeros_like(high) if high.ndim else pairs.NOTHING


def _full_like(a: Twofold, fill: Any, **options: Any) -> Twofold:
    return Twofold(*(np.full_like(a.high, word, **options) for word in words(fill)))


def _where(chosen: Any, a: Any, b: Any) -> Twofold:
    chosen = chosen.high != 0 if isinstance(chosen, Twofold) else chosen
    return Twofold(*functions.where(chosen, words(a), words(b)))


def _clip(a: Any, low: Any, high: Any) -> Any:
    return np.minimum(np.maximum(a, low), high)


def _broadcast_arrays(*arrays: Any) -> tuple[Any, ...]:
    shape = np.broadcast_shapes(*(np.shape(array) for array in arrays))
    return tuple(np.broadcast_to(array, shape) for array in arrays)


REDUCTIONS: dict[np.ufunc, Callable[..., Any]] = {
    np.add: Twofold.sum,
    np.maximum: Twofold.max,
    np.minimum: Twofold.min,
}

OF_ONE = {
    np.atleast_1d,
    np.broadcast_to,
    np.expand_dims,
    np.flip,
    np.moveaxis,
    np.ravel,
    np.repeat,
    np.reshape,
    np.squeeze,
    np.swapaxes,
    np.take,
    np.take_along_axis,
    np.transpose,
}
"""Functions that move the numbers of their first argument."""

OF_MANY = {np.concatenate, np.stack}
"""Functions that move the numbers of a sequence of arrays."""

FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {
    np.argmax: Twofold.argmax,
    np.broadcast_arrays: _broadcast_arrays,
    np.clip: _clip,
    np.copy: Twofold.copy,
    np.full_like: _full_like,
    np.max: Twofold.max,
    np.mean: Twofold.mean,
    np.min: Twofold.min,
    np.ndim: lambda a: a.ndim,
    np.ones_like: lambda a, **options: Twofold.of(np.ones_like(a.high, **options)),
    np.shape: lambda a: a.shape,
    np.size: lambda a: a.size,
    np.sum: Twofold.sum,
    np.where: _where,
    np.zeros_like: lambda a, **options: Twofold.of(np.zeros_like(a.high, **options)),
}
