"""What inputs are drawn with: shapes of a seed, and numbers of several kinds."""

from __future__ import annotations

from typing import Any

import numpy as np

Arrays = dict[str, np.ndarray]
Cases = dict[str, Arrays]


class Draws:
    """Shapes and numbers of one seed, cast to one type of floats."""

    def __init__(self, seed: int, family: str, dtype: str) -> None:
        self.rng = np.random.default_rng([seed, *family.encode()])
        self.dtype = np.dtype(dtype)
        self.info = np.finfo(self.dtype)
        integers = self.rng.integers
        self.n, self.k, self.t = int(integers(2, 7)), int(integers(3, 8)), int(integers(2, 5))

    @property
    def vector(self) -> tuple[int, ...]:
        return (self.k + 2,)

    @property
    def column(self) -> tuple[int, ...]:
        return (self.n, 1)

    @property
    def matrix(self) -> tuple[int, ...]:
        return (self.n, self.k)

    @property
    def cube(self) -> tuple[int, ...]:
        return (self.n, self.t, self.k)

    @property
    def many(self) -> tuple[int, ...]:
        return (self.n, 10 * self.k + 3)

    @property
    def batch(self) -> tuple[int, ...]:
        return (4 * self.n, self.k + 1)

    def floats(self, numbers: Any, shape: tuple[int, ...] | None = None) -> np.ndarray:
        with np.errstate(all="ignore"):
            array = np.asarray(numbers, float).astype(self.dtype)
        return array if shape is None else array.reshape(shape)

    def normal(self, shape: tuple[int, ...], scale: float = 1.0) -> np.ndarray:
        return self.floats(self.rng.normal(0, scale, shape))

    def uniform(self, shape: tuple[int, ...], low: float = 0.01, high: float = 0.99) -> np.ndarray:
        return self.floats(self.rng.uniform(low, high, shape))

    def zero_one(self, shape: tuple[int, ...]) -> np.ndarray:
        return self.floats(self.rng.integers(0, 2, shape))

    def signs(self, shape: tuple[int, ...]) -> np.ndarray:
        return 2 * self.zero_one(shape) - 1

    def powers(self, shape: tuple[int, ...], low: float, high: float) -> np.ndarray:
        """Return numbers whose decimal logarithm lies between two numbers."""
        return self.floats(10 ** self.rng.uniform(low, high, shape))

    def signed_powers(self, shape: tuple[int, ...], low: float, high: float) -> np.ndarray:
        return self.powers(shape, low, high) * self.signs(shape)

    def index(self, shape: tuple[int, ...], classes: int) -> np.ndarray:
        return self.rng.integers(0, classes, shape).astype(np.int64)

    def one_hot(self, shape: tuple[int, ...]) -> np.ndarray:
        return self.floats(np.eye(shape[-1])[self.index(shape[:-1], shape[-1])])

    def distributions(self, shape: tuple[int, ...]) -> np.ndarray:
        return self.floats(self.rng.dirichlet(np.ones(shape[-1]), shape[:-1]))

    def beside(self, array: np.ndarray, ulps: int = 8) -> np.ndarray:
        """Return numbers that differ by a few units in the last place."""
        steps = self.rng.integers(-ulps, ulps + 1, array.shape)
        return (array + steps.astype(self.dtype) * np.spacing(array)).astype(self.dtype)

    def weights(self, shape: tuple[int, ...]) -> np.ndarray:
        """Return weights, the first of which is 0."""
        found = self.uniform(shape, 0.1, 2)
        found.flat[0] = 0
        return found

    def around(self, number: float) -> np.ndarray:
        """Return a number and its neighbours."""
        middle = self.dtype.type(number)
        return np.array(
            [np.nextafter(middle, self.dtype.type(0)), middle, np.nextafter(middle, 2 * middle + 1)]
        )


def pair(y_true: Any, y_pred: Any, **more: Any) -> Arrays:
    return {"y_true": y_true, "y_pred": y_pred, **more}
