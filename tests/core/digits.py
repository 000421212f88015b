"""Arrays of 110 digits that NumPy's functions take: the stages themselves, run in mpmath."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

mp.mp.dps = 110

Array = np.ndarray


class Digits(NDArrayOperatorsMixin):
    """An array of mpmath's numbers; just as much of an array as stages ask for."""

    def __init__(self, numbers: Any) -> None:
        self.numbers = np.array(numbers, object)

    @classmethod
    def of(cls, value: Any) -> Any:
        """Return plain floating-point numbers as they are, and anything else untouched."""
        is_plain = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        return cls(EXACT(value)) if is_plain else value

    dtype = np.dtype(float)
    shape = property(lambda self: self.numbers.shape)
    ndim = property(lambda self: self.numbers.ndim)
    size = property(lambda self: self.numbers.size)
    strides = property(lambda self: self.numbers.strides)

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: Any) -> Digits:
        return Digits(self.numbers[place])

    def astype(self, dtype: Any, copy: bool = True) -> Digits:
        return self

    def reshape(self, *shape: Any) -> Digits:
        return Digits(self.numbers.reshape(*shape))

    def copy(self) -> Digits:
        return Digits(self.numbers)

    def sum(self, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Digits:
        return Digits(self.numbers.sum(axis=axis, keepdims=keepdims))

    def max(self, axis: Any = None, keepdims: bool = False) -> Digits:
        return Digits(self.numbers.max(axis=axis, keepdims=keepdims))

    def min(self, axis: Any = None, keepdims: bool = False) -> Digits:
        return Digits(self.numbers.min(axis=axis, keepdims=keepdims))

    def mean(self, axis: Any = None, keepdims: bool = False) -> Any:
        total = self.sum(axis, None, keepdims)
        return total / (self.size // max(total.size, 1))

    def argmax(self, axis: Any = None, keepdims: bool = False) -> Any:
        return (self.numbers == self.numbers.max(axis=axis, keepdims=True)).argmax(axis, keepdims=keepdims)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        out = options.pop("out", None)
        if method == "reduce":
            return {np.add: Digits.sum, np.maximum: Digits.max, np.minimum: Digits.min}[ufunc](
                *inputs, **options
            )
        result = UFUNCS[ufunc](*map(plain, inputs))
        if ufunc in TOLD:
            return np.asarray(result).astype(TOLD[ufunc])
        if out is not None:
            out[0].numbers[...] = result
            return out[0]
        return Digits(result)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, options: Any) -> Any:
        if function in METHODS:
            return getattr(args[0], METHODS[function])(*args[1:], **options)
        if function is np.where:
            return Digits(np.where(args[0], *map(plain, args[1:])))
        if function is np.clip:
            return np.minimum(np.maximum(args[0], args[1]), args[2])
        if function is np.full_like:
            return Digits(np.full(args[0].shape, plain(args[1])[()], object))
        if function in (np.zeros_like, np.ones_like):
            return Digits(EXACT(function(np.zeros(args[0].shape))))
        if function is np.broadcast_arrays:
            return [Digits(array) for array in np.broadcast_arrays(*map(plain, args))]
        if function in (np.shape, np.ndim, np.size):
            return function(args[0].numbers)
        first = [plain(value) for value in args[0]] if isinstance(args[0], list | tuple) else plain(args[0])
        return Digits(function(first, *args[1:], **options))


METHODS = {np.sum: "sum", np.max: "max", np.min: "min", np.mean: "mean", np.argmax: "argmax"}
EXACT: Callable[[Any], Any] = np.frompyfunc(mp.mpf, 1, 1)


def plain(value: Any) -> Any:
    if isinstance(value, Digits):
        return value.numbers
    return np.asarray(EXACT(np.asarray(value, float)), object)


def guarded(function: Callable[..., Any], at_pole: Any) -> Callable[[Any], Any]:
    """Return a function that has a value where mpmath refuses one: stages look there and choose another."""

    def of(x: Any) -> Any:
        try:
            result = function(x)
        except (ZeroDivisionError, ValueError):
            return at_pole
        return mp.nan if isinstance(result, mp.mpc) else result

    return np.frompyfunc(of, 1, 1)


def divided(a: Any, b: Any) -> Any:
    if b == 0:
        return mp.nan if a == 0 or mp.isnan(a) else mp.inf * mp.sign(a)
    return a / b


def raised(a: Any, b: Any) -> Any:
    if a == 0 and b < 0:
        return mp.inf
    result = mp.power(a, b)
    return mp.nan if isinstance(result, mp.mpc) else result


def log2(x: Any) -> Any:
    return mp.log(x) / mp.log(2)


COMPARED = (np.greater, np.less, np.greater_equal, np.less_equal, np.equal, np.not_equal)
KNOWN = (np.add, np.subtract, np.multiply, np.negative, np.positive, np.absolute, np.maximum, np.minimum)

UFUNCS: dict[np.ufunc, Callable[..., Any]] = {
    np.divide: np.frompyfunc(divided, 2, 1),
    np.reciprocal: np.frompyfunc(lambda a: divided(mp.mpf(1), a), 1, 1),
    np.power: np.frompyfunc(raised, 2, 1),
    np.exp: guarded(mp.exp, mp.nan),
    np.expm1: guarded(mp.expm1, mp.nan),
    np.log: guarded(mp.log, -mp.inf),
    np.log1p: guarded(mp.log1p, -mp.inf),
    np.log2: guarded(log2, -mp.inf),
    np.sqrt: guarded(mp.sqrt, mp.nan),
    np.tanh: guarded(mp.tanh, mp.nan),
    np.sign: guarded(mp.sign, mp.nan),
    np.isnan: guarded(mp.isnan, False),
    np.isinf: guarded(mp.isinf, False),
    np.isfinite: guarded(mp.isfinite, False),
    np.square: lambda a: a * a,
    **{ufunc: ufunc for ufunc in (*KNOWN, *COMPARED)},
}
TOLD = {**dict.fromkeys((*COMPARED, np.isnan, np.isinf, np.isfinite), bool), np.sign: float}
"""What is told of numbers, and is none of 110 digits itself."""
