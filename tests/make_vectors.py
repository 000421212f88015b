"""Make vectors like the stored ones: `python3 tests/make_vectors.py FOLDER [--seed N] [NAME ...]`.

Calls the real frameworks, those of them that are installed beside this Python, with inputs and constants
drawn from the seed, and writes a file for each loss, in the form of the stored ones but without exact
values. `python3 tests parity --new FOLDER` then holds our calls to them. With `--check` it calls the
frameworks with the stored inputs instead and names the cases that come out otherwise: without any, the
table of callables is right. A NAME is that of a framework or of a file, such as keras or keras__hinge.
"""

from __future__ import annotations

import argparse
import importlib
import json
import lzma
import platform
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from making.families import cases_of
from making.real import Real, drawn

DATA = Path(__file__).resolve().parent / "data" / "vectors.json.xz"
FRAMEWORKS = ("keras", "tf_keras", "tensorflow", "torch", "sklearn", "scipy", "optax", "textbook")
LARGEST_GRADIENT = 200
"""Entries up to which gradients are kept."""

Figures = dict[str, Any]


def installed(framework: str) -> ModuleType | None:
    """Return the module that calls a framework, if it can be imported."""
    try:
        return importlib.import_module(f"making.of_{framework}")
    except ImportError as problem:
        print(f"{framework} is left out: {problem}")
        return None


# Arrays


def encoded(array: Any) -> Figures:
    """Return an array as JSON has it: shortest decimals, and words for what is not finite."""
    array = np.asarray(array)
    numbers = [float(str(x)) if array.dtype.kind == "f" else x.item() for x in array.ravel()]
    words = [x if np.isfinite(x) else str(x) for x in numbers]
    return {"dtype": str(array.dtype), "shape": list(array.shape), "data": words}


def decoded(array: Figures) -> np.ndarray:
    kind = np.dtype(array["dtype"])
    numbers = [float(x) if isinstance(x, str) else x for x in array["data"]]
    return np.array(numbers, np.float64 if kind.kind == "f" else kind).astype(kind).reshape(array["shape"])


# Cases


def expected(module: ModuleType, real: Real, inputs: dict[str, np.ndarray], parameters: Figures) -> Figures:
    """Return what the framework gives, as JSON has it, or that it refuses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = module.expected(real, inputs, parameters)
    except Exception as problem:
        return {"error": {"type": type(problem).__name__, "message": str(problem)[:200]}}
    if inputs["y_pred"].size > LARGEST_GRADIENT:
        found.get("grad", {}).pop("values_sum", None)
    return {
        name: encoded(figure) if name == "values" else {key: encoded(array) for key, array in figure.items()}
        for name, figure in found.items()
    }


def cases(module: ModuleType, real: Real, seed: int) -> Iterator[Figures]:
    """Yield every case of a callable."""
    rng = np.random.default_rng([seed, *real.loss.encode()])
    for number, (family, parameters) in enumerate(real.given):
        own = drawn(parameters, rng)
        for dtype in real.dtypes:
            for name, inputs in cases_of(family, seed + number, dtype).items():
                if "sample_weight" in inputs and not real.weighs:
                    continue
                written = ",".join(f"{key}={value}" for key, value in own.items()) or "default"
                yield {
                    "name": f"{family}/{name}/{written}/{dtype}",
                    "tags": ["random"] if name.startswith("rand") else [],
                    "callable": real.called,
                    "params": own,
                    "dtype": dtype,
                    "inputs": {key: encoded(array) for key, array in inputs.items()},
                    "expected": expected(module, real, inputs, own),
                }


def write(folder: Path, framework: str, module: ModuleType, real: Real, seed: int) -> int:
    """Write the file of a callable; return how many cases it has."""
    found = list(cases(module, real, seed))
    environment = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": platform.machine(),
    }
    whole = {
        "schema": "loss-golden/1",
        "set": "new",
        "seed": seed,
        "framework": framework,
        "framework_version": module.VERSION,
        "loss": real.loss,
        "environment": environment,
        "cases": found,
    }
    text = json.dumps(whole, ensure_ascii=False)
    (folder / f"{framework}__{real.loss}.json").write_text(text, encoding="utf-8")
    return len(found)


# The table of callables against the stored vectors


def differing(module: ModuleType, framework: str) -> Iterator[str]:
    """Yield the stored cases for which the framework gives something else now."""
    reals = {real.loss: real for real in module.REALS}
    for file in json.loads(lzma.decompress(DATA.read_bytes())):
        if file["framework"] != framework:
            continue
        if file["loss"] not in reals:
            yield f"{framework}/{file['loss']} is not in the table"
            continue
        for case in file["cases"]:
            inputs = {name: decoded(array) for name, array in case["inputs"].items()}
            now = expected(module, reals[file["loss"]], inputs, case["params"])
            found = sorted(_differences(case["expected"], now))
            if found:
                yield f"{framework}/{file['loss']}/{case['name']}: {', '.join(found)}"


def _differences(stored: Figures, now: Figures) -> Iterator[str]:
    if ("error" in stored) != ("error" in now):
        yield f"error: {now.get('error', 'none')}"
        return
    for name in ("values", "reduced", "grad"):
        before, after = stored.get(name), now.get(name)
        if before is None or "error" in stored:
            continue
        if after is None:
            yield f"no {name}"
            continue
        pairs = (
            {"": (before, after)}
            if name == "values"
            else {key: (before[key], after.get(key)) for key in before}
        )
        yield from (f"{name} {key}".strip() for key, (a, b) in pairs.items() if not _same(a, b))


def _same(stored: Figures, now: Figures | None) -> bool:
    if now is None or "error" in stored:
        return now is None
    a, b = decoded(stored), decoded(now)
    return a.shape == b.shape and a.dtype == b.dtype and np.allclose(a, b, 1e-5, 1e-30, equal_nan=True)


def main() -> int:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path, help="where the files are written")
    arguments.add_argument("names", nargs="*", help="frameworks or files, such as keras or keras__hinge; all")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--check", action="store_true", help="write nothing, look at the stored vectors")
    own = arguments.parse_intermixed_args()
    own.folder.mkdir(parents=True, exist_ok=True)
    found = 0
    for framework in FRAMEWORKS:
        wanted = [name for name in own.names if name.partition("__")[0] == framework]
        module = installed(framework) if wanted or not own.names else None
        if module is None:
            continue
        if own.check:
            found += sum(print(line) is None for line in differing(module, framework))
            continue
        reals = [
            real
            for real in module.REALS
            if not wanted or {framework, f"{framework}__{real.loss}"} & set(wanted)
        ]
        print(framework, sum(write(own.folder, framework, module, real, own.seed) for real in reals), "cases")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
