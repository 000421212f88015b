"""Make resources/examples/digits.json, what a model predicts of real digits: `python3 tests make_digits`.

Needs scikit-learn, which nothing else here needs: `.venv/bin/pip install scikit-learn`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from lossgui.core.choice import Choice, Origin
from lossgui.core.study import Study
from lossgui.files.studies import encode

TARGET = Path(__file__).resolve().parent.parent / "resources" / "examples" / "digits.json"
FOLDS = 10


def predictions() -> tuple[np.ndarray, np.ndarray]:
    """Return the digits, and the probabilities of a model that was trained on the other folds."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    pixels, digits = load_digits(return_X_y=True)
    model = LogisticRegression(max_iter=1000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    return digits, cross_val_predict(model, pixels / 16, digits, cv=folds, method="predict_proba")


def remark(digits: np.ndarray, probabilities: np.ndarray) -> str:
    """Return in a sentence how well the model does, and where it does worst."""
    told = probabilities.argmax(axis=1)
    worst = int(probabilities[np.arange(len(digits)), digits].argmin())
    right = f"{(told == digits).mean():.1%}".replace("%", " %")
    return (
        f"A logistic regression tells {right} of {len(digits):,} digits that it was not trained on; "
        f"sample {worst + 1} costs most, a {digits[worst]} that it takes for a {told[worst]}."
    )


def main() -> int:
    """Write the example; return the status."""
    try:
        digits, probabilities = predictions()
    except ImportError:
        print("This needs scikit-learn: install it where this Python runs.", file=sys.stderr)
        return 1
    probabilities = probabilities.astype(np.float32)
    loss = "sparse_categorical_crossentropy"
    study = Study.of(
        digits,
        probabilities,
        "index",
        choices=(Choice.of(loss, "Keras 3"), Choice.of(loss, colour=1)),
        title="Handwritten digits: a model's predictions",
        origin=Origin(group="A real model", remark=remark(digits, probabilities)),
    )
    TARGET.write_bytes(encode(study))
    return 0


if __name__ == "__main__":
    sys.exit(main())
