"""Python source: names, calls and arrays as a person would write them. All text goes through `repr`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from keyword import iskeyword
from textwrap import fill, indent
from typing import Any

from lossgui.core.table import Array

WIDTH = 100
"""Characters of a line."""

SPACE = "    "


class Code(str):
    """A piece of source that is put into a call as it stands."""


def names(labels: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """Return a variable's name for each label, no two the same and none of those that are taken."""
    result: list[str] = []
    for label in labels:
        stem = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:50] or "curve"
        stem = stem if stem.isidentifier() and not iskeyword(stem) else f"curve_{stem}"
        name, number = stem, 2
        while name in result or name in taken:
            name, number = f"{stem}_{number}", number + 1
        result.append(name)
    return result


def call(function: str, *arguments: Any, **keywords: Any) -> str:
    """Return a call, on one line where it fits; the keyword 'more' names a variable that holds others."""
    parts = [_literal(value) for value in arguments]
    parts += [
        f"**{value}" if name == "more" else f"{name}={_literal(value)}" for name, value in keywords.items()
    ]
    line = ", ".join(parts)
    if len(function) + len(line) + 2 <= WIDTH:
        return f"{function}({line})"
    inner = [line] if len(line) + 4 <= WIDTH else [f"{part}," for part in parts]
    return "\n".join([f"{function}(", indent("\n".join(inner), SPACE), ")"])


def assigned(name: str, values: Mapping[str, Any]) -> str:
    """Return the assignment of a dictionary, a line for each entry."""
    entries = [f"{SPACE}{_literal(key)}: {_literal(value)}," for key, value in values.items()]
    return "\n".join([f"{name} = {{", *entries, "}"])


def array(name: str, values: Array) -> str:
    """Return the assignment of an array of one axis, or of two, a line or more for each row."""
    rows = values.tolist()
    if values.ndim == 1:
        return f"{name} = np.array([\n{_wrapped(rows, 4)}\n])"
    lines = [f"    [{_wrapped(row, 5).strip()}]," for row in rows]
    return "\n".join([f"{name} = np.array([", *lines, "])"])


def table(name: str, comment: str, rows: Sequence[Sequence[Any]]) -> str:
    """Return the assignment of a list of tuples, a line for each, with a comment that names the columns."""
    return "\n".join([f"{name} = [  # {comment}", *(f"{SPACE}{_literal(tuple(row))}," for row in rows), "]"])


def _wrapped(values: Sequence[Any], indent: int) -> str:
    space = " " * indent
    text = ", ".join(map(_literal, values))
    return fill(
        text,
        WIDTH,
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _literal(value: Any) -> str:
    if isinstance(value, Code):
        return value
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, tuple) and len(value) > 1:
        return f"({', '.join(map(_literal, value))})"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return repr(value)


def _quoted(text: str) -> str:
    """Return a text as `repr` does, in the quotation marks that people prefer."""
    written = repr(text)
    if written[0] == "'" and '"' not in written:
        return '"' + written[1:-1] + '"'
    return written
