"""The losses once more, in 110 digits: what accuracy is measured against.

Each takes one sample, lists of labels y, predictions p and variances v, and gives its loss, or derivatives by
its predictions. Written so that 110 digits are enough also where e^-1000 is added to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import mpmath as mp

mp.mp.dps = 110

Number = mp.mpf
Numbers = Sequence[Number]
Truth = Callable[[Numbers, Numbers, Numbers], Numbers]


def softplus(x: Number) -> Number:
    return max(x, mp.mpf(0)) + mp.log1p(mp.exp(-abs(x)))


def sigmoid(x: Number) -> Number:
    return 1 / (1 + mp.exp(-x))


def rest_of_softmax(z: Numbers) -> tuple[int, Number]:
    """Return the place of the maximum, and the sum of the other powers over its own."""
    top = max(range(len(z)), key=lambda k: z[k])
    return top, mp.fsum(mp.exp(other - z[top]) for k, other in enumerate(z) if k != top)


def log_softmax(z: Numbers) -> Numbers:
    top, rest = rest_of_softmax(z)
    return [(number - z[top]) - mp.log1p(rest) for number in z]


def softmax(z: Numbers) -> Numbers:
    return [mp.exp(number) for number in log_softmax(z)]


def of_each(loss: Callable[[Number, Number], Number]) -> Truth:
    """Return the mean of a loss of single numbers over the classes."""
    return lambda y, p, v: [mp.fsum(map(loss, y, p)) / len(p)]


def slope_of_each(slope: Callable[[Number, Number], Number]) -> Truth:
    return lambda y, p, v: [slope(label, number) / len(p) for label, number in zip(y, p, strict=True)]


def huber(y: Number, p: Number) -> Number:
    error = abs(p - y)
    return error**2 / 2 if error <= 1 else error - mp.mpf(1) / 2


def log_cosh(y: Number, p: Number) -> Number:
    # 2 sinh^2(x/2) is cosh x - 1.
    error = abs(p - y)
    if error < 1:
        return mp.log1p(2 * mp.sinh(error / 2) ** 2)
    return error + mp.log1p(mp.exp(-2 * error)) - mp.log(2)


def binary(y: Number, p: Number) -> Number:
    return -((y * mp.log(p) if y else 0) + ((1 - y) * mp.log1p(-p) if y != 1 else 0))


def binary_of_logits(weight: int = 1) -> Callable[[Number, Number], Number]:
    return lambda y, x: weight * y * softplus(-x) + (1 - y) * softplus(x)


def crossentropy(y: Numbers, p: Numbers, v: Numbers) -> Numbers:
    return [-mp.fsum(label * mp.log(number) for label, number in zip(y, p, strict=True) if label)]


def softmax_crossentropy(y: Numbers, z: Numbers, v: Numbers) -> Numbers:
    return [-mp.fdot(y, log_softmax(z))]


def softmax_crossentropy_slope(y: Numbers, z: Numbers, v: Numbers) -> Numbers:
    top, rest = rest_of_softmax(z)
    whole = mp.fsum(y)
    slopes = [whole * share - label for share, label in zip(softmax(z), y, strict=True)]
    slopes[top] = (whole - y[top]) - whole * rest / (1 + rest)
    return slopes


def divergence(y: Numbers, p: Numbers, v: Numbers = ()) -> Numbers:
    return [mp.fsum(a * mp.log(a / b) for a, b in zip(y, p, strict=True) if a)]


def jensen_shannon(y: Numbers, p: Numbers, v: Numbers) -> Numbers:
    """Return the divergence of both from their middle; SciPy's is the root of it."""
    middle = [(a + b) / 2 for a, b in zip(y, p, strict=True)]
    return [(divergence(y, middle)[0] + divergence(p, middle)[0]) / 2]


def entropy(y: Numbers, p: Numbers, v: Numbers) -> Numbers:
    return crossentropy(p, p, v)


def focal(gamma: int) -> Callable[[Number, Number], Number]:
    def loss(y: Number, p: Number) -> Number:
        right, wrong = (p, 1 - p) if y else (1 - p, p)
        return -(wrong**gamma) * (mp.log(right) if right < 0.5 else mp.log1p(-wrong))

    return loss


def focal_of_logits(gamma: int) -> Callable[[Number, Number], Number]:
    def loss(y: Number, x: Number) -> Number:
        z = x if y else -x
        return sigmoid(-z) ** gamma * softplus(-z)

    return loss


def categorical_focal(gamma: int) -> Truth:
    def loss(y: Numbers, p: Numbers, v: Numbers) -> Numbers:
        return [-mp.fsum(a * (1 - b) ** gamma * mp.log(b) for a, b in zip(y, p, strict=True) if a)]

    return loss


def cosine(y: Numbers, p: Numbers, v: Numbers) -> Numbers:
    return [-mp.fdot(y, p) / mp.sqrt(mp.fdot(y, y) * mp.fdot(p, p))]


def cosine_slope(y: Numbers, p: Numbers, v: Numbers) -> Numbers:
    square = mp.fdot(p, p)
    along, length = mp.fdot(y, p) / square, mp.sqrt(mp.fdot(y, y) * square)
    return [(along * number - label) / length for label, number in zip(y, p, strict=True)]


def gaussian(y: Numbers, p: Numbers, v: Numbers) -> Numbers:
    return [(mp.log(v[0]) + (p[0] - y[0]) ** 2 / v[0]) / 2]


TRUTHS: dict[str, Truth] = {
    "mse": of_each(lambda y, p: (p - y) ** 2),
    "huber": of_each(huber),
    "mape": of_each(lambda y, p: 100 * abs((p - y) / y)),
    "log_cosh": of_each(log_cosh),
    "log_cosh_grad": slope_of_each(lambda y, p: mp.tanh(p - y)),
    "msle": of_each(lambda y, p: (mp.log1p(p) - mp.log1p(y)) ** 2),
    "log_poisson": of_each(lambda y, p: mp.exp(p) - y * p),
    "log_poisson_grad": slope_of_each(lambda y, p: mp.exp(p) - y),
    "kl": divergence,
    "js": jensen_shannon,
    "entropy": entropy,
    "bce_prob": of_each(binary),
    "bce_logits": of_each(binary_of_logits()),
    "wbce_logits": of_each(binary_of_logits(3)),
    "bce_logits_grad": slope_of_each(lambda y, x: (1 - y) * sigmoid(x) - y * sigmoid(-x)),
    "softmax_ce": softmax_crossentropy,
    "sparse_ce": softmax_crossentropy,
    "softmax_ce_grad": softmax_crossentropy_slope,
    "cce_prob": crossentropy,
    "scce_prob": crossentropy,
    **{f"bfocal_prob g={gamma}": of_each(focal(gamma)) for gamma in (2, 5)},
    **{f"bfocal_logits g={gamma}": of_each(focal_of_logits(gamma)) for gamma in (2, 5)},
    **{f"cfocal_prob g={gamma}": categorical_focal(gamma) for gamma in (2, 5)},
    "cosine": cosine,
    "cosine_grad": cosine_slope,
    "gaussian_nll": gaussian,
    "sigmoid": lambda y, p, v: [sigmoid(number) for number in p],
    "log_sigmoid": lambda y, p, v: [-softplus(-number) for number in p],
    "softmax": lambda y, p, v: softmax(p),
    "log_softmax": lambda y, p, v: log_softmax(p),
}
"""By the name that is before the '/' of a regime."""
