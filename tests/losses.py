"""The README's table of losses, from the catalogue: `python3 tests losses` writes it anew."""

from __future__ import annotations

import sys
from pathlib import Path

from lossgui import LOSSES, PROFILES
from lossgui.core.loss import Loss

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- losses: written by `python3 tests losses` -->", "<!-- end of losses -->"
SHORT = {"scikit-learn": "sklearn"}


def table() -> str:
    """Return a line for each loss, and a mark for each profile that computes it."""
    heads = ["loss", "family", *(SHORT.get(name, name) for name in PROFILES)]
    lines = [heads, ["---", "---", *(":-:" for _ in PROFILES)], *map(line, LOSSES.values())]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def line(loss: Loss) -> list[str]:
    """Return the cells of a loss."""
    return [loss.title, loss.family, *("•" if name in loss.forms else " " for name in PROFILES)]


def written(readme: str) -> str:
    """Return the README with the table as it is now."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    """Write the table into the README."""
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
