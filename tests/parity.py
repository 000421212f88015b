"""Our calls against what the real frameworks gave: `python3 tests parity [--new FOLDER] [NAME ...]`.

`tests/data/vectors.json.xz` holds 4,847 cases computed by the frameworks themselves, with the exact value
of each one's convention where there is one; with `--new` the cases are those of a folder that
`tests/make_vectors.py` wrote. A NAME is that of a framework or of a file, such as keras or keras__hinge. A
case holds when every figure of it is matched: the values, each reduction, each gradient, or the refusal.
Prints the share that hold by framework, and names those that do not.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from lossgui import call

DATA = Path(__file__).resolve().parent / "data"
VALUES_EPS, GRADIENT_EPS = 64, 512
"""How far a figure may be from the framework's, in eps of its type."""

ARRAYS = ("y_true", "y_pred", "sample_weight", "weight", "var", "x2", "negative")
REFUSED = (ValueError, TypeError, IndexError)
COSINES = ("cosine_similarity", "cosine_distance", "cosine_embedding_loss", "v1_cosine_distance")

Case = dict[str, Any]


def exceptions() -> dict[str, str]:
    """Return the cases that are known not to hold, by name, each with its reason."""
    found: dict[str, str] = json.loads((DATA / "exceptions.json").read_text(encoding="utf-8"))
    return found


@cache
def stored() -> list[dict[str, Any]]:
    """Return what is stored, one for each loss of each framework."""
    found: list[dict[str, Any]] = json.loads(lzma.decompress((DATA / "vectors.json.xz").read_bytes()))
    return found


def made(folder: Path) -> list[dict[str, Any]]:
    """Return what `tests/make_vectors.py` wrote."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def decoded(array: dict[str, Any]) -> np.ndarray:
    """Return an array of numbers; float32 data are short decimals, right only once they are cast."""
    kind = np.dtype(array["dtype"])
    numbers = [float(x) if isinstance(x, str) else x for x in array["data"]]
    return np.array(numbers, np.float64 if kind.kind == "f" else kind).astype(kind).reshape(array["shape"])


def exact_of(case: Case, *path: str) -> np.ndarray | None:
    """Return the exact value of the convention; NaN where it is not defined, None where there is none."""
    found: Any = case.get("exact", {})
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict) or "data" not in found:
        return None
    numbers = [np.nan if x is None else float(x) for x in found["data"]]
    return np.array(numbers, float).reshape(found["shape"])


def called(framework: str, loss: str, case: Case) -> Any:
    """Call what the case called."""
    given = {name: decoded(array) for name, array in case["inputs"].items()}
    classes = given["y_pred"].shape[-1] if given["y_pred"].ndim else 1
    parameters = {
        name: _resolved(value, classes, given["y_pred"].dtype) for name, value in case["params"].items()
    }
    return call(framework, loss, **{name: given[name] for name in ARRAYS if name in given}, **parameters)


def _resolved(value: Any, classes: int, dtype: np.dtype[Any]) -> Any:
    if isinstance(value, str) and value.startswith("linspace("):
        low, high, count = value[len("linspace(") : -1].split(",")
        return np.linspace(float(low), float(high), classes if count.strip() == "C" else int(count)).astype(
            dtype
        )
    return value


def faults(framework: str, loss: str, case: Case) -> list[str]:
    """Return what does not hold of a case, in words; nothing if all of it does."""
    expected = case["expected"]
    if "error" in expected:
        return _not_refused(framework, loss, case)
    try:
        outcome = called(framework, loss, case)
    except Exception as problem:
        return [f"{type(problem).__name__}: {problem}"]
    found = []
    if "values" in expected:
        found += _faults("values", lambda: outcome.values, expected["values"], case, ("values",))
    for name, array in expected.get("reduced", {}).items():
        if "error" in array:
            found += _raises(name, lambda name=name: outcome.reduced(name))
        else:
            found += _faults(name, lambda name=name: outcome.reduced(name), array, case, ("reduced", name))
    for name, array in expected.get("grad", {}).items():
        found += _faults(
            f"gradient of {name}", lambda name=name: outcome.gradient(name), array, case, None, loss
        )
    return found


def _not_refused(framework: str, loss: str, case: Case) -> list[str]:
    def whole() -> None:
        outcome = called(framework, loss, case)
        _ = outcome.values

    return _raises("the call", whole)


def _raises(what: str, action: Any) -> list[str]:
    try:
        action()
    except REFUSED:
        return []
    except Exception as problem:
        return [f"{what}: {type(problem).__name__}: {problem}"]
    return [f"{what}: the framework refuses it"]


def _faults(
    what: str, figure: Any, array: dict[str, Any], case: Case, path: tuple[str, ...] | None, loss: str = ""
) -> list[str]:
    expected = decoded(array)
    try:
        got = np.asarray(figure())
    except Exception as problem:
        return [f"{what}: {type(problem).__name__}: {problem}"]
    if got.shape != expected.shape:
        return [f"{what}: shape {got.shape}, not {expected.shape}"]
    exact = exact_of(case, *path) if path else None
    near = held(got, expected, np.dtype(case["dtype"]), exact, _floor(case, loss), path is None)
    if near.all():
        return []
    place = np.argmin(near)
    return [
        f"{what}: {got.ravel()[place]!r}, not {expected.ravel()[place]!r} ({(~near).sum()} of {near.size})"
    ]


def _floor(case: Case, loss: str) -> float:
    """Return below what a gradient of a cosine is rounding."""
    if loss not in COSINES:
        return 0.0
    sizes = np.abs(decoded(case["inputs"]["y_pred"]).astype(float))
    largest = sizes[np.isfinite(sizes)].max(initial=0)
    return float(8 * np.finfo(case["dtype"]).eps / largest) if largest else 0.0


@np.errstate(all="ignore")
def held(
    got: np.ndarray,
    expected: np.ndarray,
    dtype: np.dtype[Any],
    exact: np.ndarray | None,
    floor: float,
    gradient: bool,
) -> np.ndarray:
    """Return for each entry whether it is the framework's but for rounding, or as near to the exact one."""
    info = np.finfo(dtype)
    a, b = got.astype(float), expected.astype(float)
    most = np.abs(b[np.isfinite(b)]).max(initial=0)
    allowed = (GRADIENT_EPS if gradient else VALUES_EPS) * info.eps * np.maximum(
        np.abs(b), most / 1000
    ) + floor
    near: np.ndarray = (np.abs(a - b) <= allowed) | (a == b) | (np.isnan(a) & np.isnan(b))
    if dtype == np.float32:
        near |= (np.abs(a) < info.tiny) & (np.abs(b) < info.tiny)
    if exact is not None and exact.shape == b.shape:
        ulp = np.spacing(np.maximum(np.abs(exact), info.tiny).astype(dtype)).astype(float)
        near |= np.abs(a - exact) <= np.maximum(8 * ulp, 2 * np.abs(b - exact))
    return near


def cases(wanted: list[str], new: Path | None = None) -> Iterator[tuple[str, str, Case]]:
    """Return (framework, loss, case) of all stored files, or of those named 'keras' or 'keras__hinge'."""
    for file in stored() if new is None else made(new):
        framework, loss = file["framework"], file["loss"]
        if not wanted or framework in wanted or f"{framework}__{loss}" in wanted:
            for case in file["cases"]:
                yield framework, loss, case


def main(wanted: list[str], new: Path | None = None) -> int:
    """Print the shares; status 1 if a case that is not listed as an exception does not hold."""
    held_cases, all_cases, known, unexpected = Counter[str](), Counter[str](), exceptions(), 0
    for framework, loss, case in cases(wanted, new):
        name = f"{framework}/{loss}/{case['name']}"
        wrong = faults(framework, loss, case)
        all_cases[framework] += 1
        held_cases[framework] += not wrong
        if wrong:
            unexpected += name not in known
            print(f"{name}: {known[name] if name in known else '; '.join(wrong)}")
    for framework, count in all_cases.items():
        print(f"{framework} {held_cases[framework]} of {count}: {held_cases[framework] / count:.2%}")
    if all_cases:
        print(
            f"all {held_cases.total()} of {all_cases.total()}: {held_cases.total() / all_cases.total():.2%}"
        )
    return int(unexpected > 0)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--new", type=Path)
    own = arguments.parse_intermixed_args()
    sys.exit(main(own.names, own.new))
