"""The same study, the same bytes: tables, scripts and captions do not depend on where they are written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

CODE = """
import locale, sys
from hashlib import sha256
sys.path.insert(0, "tests")
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
from files.figures.plotted import LOOK, has_numbers, plots, study_of
from lossgui.files.figures import caption, results, script, table
from lossgui.files.studies import encode
written = sha256()
for example in ("start", "E_log0", "F_class_weights_index"):
    study = study_of(example)
    written.update(results.csv(study))
    for figure in plots(study):
        written.update(table.csv(figure) if has_numbers(figure) else b"")
        written.update(table.json(figure))
        written.update((script.script(figure, LOOK) + caption.caption(study, figure)).encode())
print(written.hexdigest())
"""


def written(**place: str) -> str:
    environment = {**os.environ, "PYTHONUTF8": "1", **place}
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_bytes_are_the_same_in_every_process_and_locale() -> None:
    places = [
        ("C.UTF-8", "UTC", "1"),
        ("de_DE.UTF-8", "Asia/Kolkata", "2"),
        ("fa_IR.UTF-8", "Asia/Tokyo", "3"),
    ]
    assert len({written(LC_ALL=locale, TZ=zone, PYTHONHASHSEED=seed) for locale, zone, seed in places}) == 1
