"""TensorFlow's own exponential and logarithm, to the last bit, as TensorFlow 2.21.0 gave them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from lossgui.core.losses import _eigen

NUMBERS = [0.1, 0.7, 1.1, 2.3, -0.3, -1.9, 5.5, -7.25]
FLOAT32: dict[str, list[str]] = {
    "log": [
        "-0x1.26bb1cp+1",
        "-0x1.6d3c34p-2",
        "0x1.8663fep-4",
        "0x1.aa7310p-1",
        "-0x1.343790p+0",
        "0x1.48a112p-1",
        "0x1.b46a60p+0",
        "0x1.fb22eap+0",
    ],
    "exp": [
        "0x1.1aec7cp+0",
        "0x1.01c2a6p+1",
        "0x1.808884p+1",
        "0x1.3f2c80p+3",
        "0x1.7b4c86p-1",
        "0x1.325108p-3",
        "0x1.e96244p+7",
        "0x1.7455fep-11",
    ],
    "log1p": [
        "0x1.8663f8p-4",
        "0x1.0fae82p-1",
        "0x1.7bdf36p-1",
        "0x1.31a4e6p+0",
        "0x1.0ca938p-2",
        "0x1.1090e2p+0",
        "0x1.df2e6ep+0",
        "0x1.0e1b78p+1",
    ],
    "sigmoid": [
        "0x1.0cca12p-1",
        "0x1.561cb4p-1",
        "0x1.802216p-1",
        "0x1.d15854p-1",
        "0x1.b3c552p-2",
        "0x1.0a7650p-3",
        "0x1.fdea84p-1",
        "0x1.741256p-11",
    ],
    "softplus": [
        "0x1.7d2190p-1",
        "0x1.1a6a66p+0",
        "0x1.632868p+0",
        "0x1.32a13cp+1",
        "0x1.1bd472p-1",
        "0x1.1d76d0p-3",
        "0x1.6042d2p+2",
        "0x1.74342cp-11",
    ],
}
FLOAT64: dict[str, list[str]] = {
    "log": ["-0x1.26bb1bbb55515p+1", "-0x1.6d3c324e13f50p-2", "0x1.8663f793c46ccp-4", "0x1.aa73108717b69p-1"],
    "exp": ["0x1.1aec7b35a00d4p+0", "0x1.01c2a61268987p+1", "0x1.808883244d593p+1", "0x1.3f2c80aef884dp+3"],
    "log1p": ["0x1.8663f793c46c6p-4", "0x1.0fae81914a991p-1", "0x1.7bdf362e9666ep-1", "0x1.31a4e7240c776p+0"],
    "sigmoid": [
        "0x1.0cca12729afb8p-1",
        "0x1.561cb52a19476p-1",
        "0x1.802217b20c901p-1",
        "0x1.d15854cd0d92bp-1",
    ],
    "softplus": [
        "0x1.7d218f1c89050p-1",
        "0x1.1a6a66a15dd2ep+0",
        "0x1.63286869f4d04p+0",
        "0x1.32a13bd943c29p+1",
    ],
}
ALL = [(np.float32, name, bits) for name, bits in FLOAT32.items()]
ALL += [(np.float64, name, bits) for name, bits in FLOAT64.items()]


@pytest.mark.parametrize(("dtype", "name", "bits"), ALL)
@np.errstate(all="ignore")
def test_every_bit_is_tensorflows(dtype: type, name: str, bits: list[str]) -> None:
    numbers = np.array(NUMBERS[: len(bits)], dtype)
    function: Callable[[np.ndarray], np.ndarray] = getattr(_eigen, name)
    result = function(np.abs(numbers) if name.startswith("log") else numbers)
    assert [float(x).hex() for x in result] == [float.fromhex(x).hex() for x in bits]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["log", "log1p", "exp", "sigmoid", "softplus"])
@np.errstate(all="ignore")
def test_they_are_what_they_are_called_however_many_there_are(name: str, dtype: type) -> None:
    plain = {
        "log": np.log,
        "log1p": np.log1p,
        "exp": np.exp,
        "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
        "softplus": lambda x: np.log1p(np.exp(x)),
    }[name]
    for count in (0, 1, 3, 7, 8, 21):
        numbers = np.random.default_rng(count).uniform(-9, 9, count).astype(dtype)
        numbers = np.abs(numbers) if name.startswith("log") else numbers
        result = getattr(_eigen, name)(numbers)
        assert result.dtype == dtype and result.shape == (count,)
        np.testing.assert_allclose(result, plain(numbers.astype(float)), rtol=6 * np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@np.errstate(all="ignore")
def test_what_is_special_stays_so(dtype: type) -> None:
    special = np.array([0, -1, np.inf, -np.inf, np.nan, 1e4, -1e4, 1], dtype)
    np.testing.assert_array_equal(_eigen.log(special)[:5], np.log(special)[:5])
    np.testing.assert_array_equal(
        _eigen.exp(special)[:7][[0, 2, 3, 4, 5, 6]], [1, np.inf, 0, np.nan, np.inf, 0]
    )
    np.testing.assert_array_equal(_eigen.log1p(special)[[0, 1, 2, 3, 4]], np.log1p(special)[[0, 1, 2, 3, 4]])
    sigmoid = _eigen.sigmoid(special)
    assert sigmoid[[0, 2, 3, 5, 6]].tolist() == [0.5, 1, 0, 1, 0] and np.isnan(sigmoid[4])
    assert _eigen.exp(dtype([-90, 1] * 4))[0] == (0 if dtype is np.float32 else np.exp(-90.0))
