"""The examples: studies that ship with the program, each a file in resources/examples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from lossgui.core.study import Study
from lossgui.files.studies import decode
from lossgui.resources import resource

FIRST = "start"
"""The example that the program opens on."""


@dataclass(frozen=True)
class Example:
    """An entry of the examples menu.

    Parameters
    ----------
    name
        Of its file, without the ending.
    title, group
        As in the menu.
    path
        Its file.
    """

    name: str
    title: str
    group: str
    path: Path


class _Origin(msgspec.Struct):
    group: str


class _Study(msgspec.Struct):
    title: str
    origin: _Origin


class _File(msgspec.Struct):
    """What a menu needs of a file; the decoder skips the rest."""

    study: _Study


@cache
def examples() -> tuple[Example, ...]:
    """Return all examples by the names of their files, `FIRST` before all, groups kept together."""
    paths = _paths()
    listed = [_example(paths[name]) for name in sorted(paths, key=lambda name: (name != FIRST, name))]
    groups = list(dict.fromkeys(example.group for example in listed))
    return tuple(sorted(listed, key=lambda example: groups.index(example.group)))


def load(name: str) -> Study:
    """Return the study of an example.

    Raises
    ------
    ValueError
        If there is none of that name; the message offers the nearest names.
    """
    paths = _paths()
    if name not in paths:
        raise ValueError(f"There is no example called ‘{name}’.{_offer(name, paths)}")
    return decode(paths[name].read_bytes())


def _paths() -> dict[str, Path]:
    """Return the file of each example."""
    return {path.stem: path for path in resource("examples").glob("*.json")}


def _example(path: Path) -> Example:
    study = msgspec.json.decode(path.read_bytes(), type=_File).study
    return Example(path.stem, study.title, study.origin.group, path)


def _offer(name: str, names: dict[str, Path]) -> str:
    from difflib import get_close_matches

    by_lower = {known.lower(): known for known in names}
    near = [by_lower[known] for known in get_close_matches(name.lower(), by_lower)]
    return f" Did you mean {', '.join(near)}?" if near else ""
