"""What the program remembers between two starts, as JSON; whatever is wrong in it counts as not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from lossgui.files.sheet import ENDINGS, UNITS, Sheet

FILE = "preferences.json"


@dataclass(frozen=True)
class Exported:
    """How a figure was exported last.

    Parameters
    ----------
    ending
        Of the file, without the dot.
    unit
        In which its size was written.
    folder
        Where it was put; empty for none yet.

    Raises
    ------
    ValueError
        If there is no such ending or unit.
    """

    ending: str = "pdf"
    unit: str = "mm"
    folder: str = ""
    sheet: Sheet = field(default_factory=Sheet)

    def __post_init__(self) -> None:
        if self.ending not in ENDINGS or self.unit not in UNITS:
            raise ValueError(f"There is no ‘{self.ending}’ or no ‘{self.unit}’.")


class Preferences(msgspec.Struct, frozen=True):
    """Remembered choices of a person."""

    theme: str = "light"
    recent: list[str] = []
    place: str = ""
    sizes: list[list[int]] = []
    exported: Exported = Exported()


def read(folder: Path) -> Preferences:
    """Return what is remembered, or the defaults."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Preferences)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Preferences()


def write(folder: Path, preferences: Preferences) -> None:
    """Remember `preferences`; where the folder cannot be written, nothing is remembered."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / (FILE + ".new")
        draft.write_bytes(msgspec.json.encode(preferences))
        draft.replace(folder / FILE)
    except (OSError, UnicodeEncodeError):
        return
