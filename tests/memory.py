"""Peak memory of opening a large file, over the size of the input: `python3 tests memory`.

Each line reads NAME ratio 1.12 asked 1.30. Linux only: there a process knows the peak of its own memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SAMPLES, CLASSES = 1_000_000, 10
ASKED = 1.30

START = """
import sys, time
from pathlib import Path
from lossgui.files.open import open_path

def peak():
    # Of this program alone: ru_maxrss begins with what the process that started it had.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

def study(folder):
    return open_path(f"{folder}/predictions.npy", f"{folder}/labels.npy")
"""

READ = (
    START
    + """
study(sys.argv[1])
before = peak()
kept = study(sys.argv[2])
print(peak() - before)
"""
)
"""Reads a small pair of files, then the large one."""

SHOWN = (
    START
    + """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from lossgui.gui import application, style
from lossgui.gui.document import Document
from lossgui.gui.window import MainWindow

app = application.application()
style.apply("light")
window = MainWindow(Document(study(sys.argv[1])))
window.show()

def wait(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end or window.document.computing:
        app.processEvents()
        time.sleep(0.01)

wait(4)  # what the window loads in the background belongs to the empty window
before = peak()
window.document.open(study(sys.argv[2]))
wait(1)
print(peak() - before)
window.close()
"""
)
"""Shows them in the window, and waits until all is computed."""


def ratio(dtype: str, code: str = SHOWN) -> float:
    """Return how much a process's peak memory grows, over the size of the files that it opens."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        write(small, 100, dtype)
        size = write(large, SAMPLES, dtype)
        command = [sys.executable, "-c", code, str(small), str(large)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout) / size


def write(folder: Path, samples: int, dtype: str) -> int:
    """Write predictions and class indices into a new folder; return their size in bytes."""
    folder.mkdir()
    generator = np.random.default_rng(7)
    rows = generator.random((samples, CLASSES))
    rows /= rows.sum(axis=1, keepdims=True)
    np.save(folder / "predictions.npy", rows.astype(dtype))
    np.save(folder / "labels.npy", generator.integers(0, CLASSES, samples))
    return sum(path.stat().st_size for path in folder.iterdir())


def main() -> int:
    """Print the ratios; return the status."""
    over = 0
    for dtype in ("float32", "float64"):
        for name, code in (("read", READ), ("shown", SHOWN)):
            found = ratio(dtype, code)
            over += found > ASKED
            print(f"memory-{name}-1000000x10-{dtype} ratio {found:.2f} asked {ASKED:.2f}", flush=True)
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
