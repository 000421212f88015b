"""Time of opening a large CSV, over that of np.loadtxt alone: `python3 tests reading`.

Prints NAME ratio 0.75 asked 1.50; both sides take turns in one run.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from lossgui.files.open import open_path

SAMPLES, CLASSES = 1_000_000, 10
ASKED = 1.50
ROUNDS = 3


def ratio(samples: int = SAMPLES) -> float:
    """Return the time of `open_path` over that of np.loadtxt, of a table with a column of labels."""
    times: list[list[float]] = [[], []]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.csv"
        write(path, samples)
        for _ in range(ROUNDS):
            start = perf_counter()
            study = open_path(path)
            times[0].append(perf_counter() - start)
            start = perf_counter()
            table = np.loadtxt(path, delimiter=",", skiprows=1)
            times[1].append(perf_counter() - start)
            if not np.array_equal(study.predictions.to_array(), table[:, 1:]):
                raise RuntimeError("what was read differs")
    ours, peer = map(median, times)
    return ours / peer


def write(path: Path, samples: int) -> None:
    """Write probabilities of six digits, and labels before them."""
    generator = np.random.default_rng(7)
    rows = generator.dirichlet(np.ones(CLASSES), samples)
    labels = generator.integers(0, CLASSES, samples)
    with path.open("w") as file:
        file.write(",".join(["label", *(f"class {k}" for k in range(CLASSES))]) + "\n")
        for label, row in zip(labels.tolist(), rows.tolist(), strict=True):
            file.write(f"{label}," + ",".join(f"{p:.6g}" for p in row) + "\n")


def main() -> int:
    """Print the ratio; return the status."""
    found = ratio()
    print(f"reading-csv-1000000x11-of-loadtxt ratio {found:.2f} asked {ASKED:.2f}")
    return int(found > ASKED)


if __name__ == "__main__":
    sys.exit(main())
