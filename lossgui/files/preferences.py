"""What the program remembers between two starts, as JSON; whatever is wrong in it counts as not there."""

from __future__ import annotations

from pathlib import Path

import msgspec

FILE = "preferences.json"


class Preferences(msgspec.Struct, frozen=True):
    """Remembered choices of a person."""

    theme: str = "light"
    recent: list[str] = []
    place: str = ""
    sizes: list[list[int]] = []


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
