"""The records of which a saved study is made."""

from __future__ import annotations

import msgspec

Number = float | str
"""Non-finite numbers are written as strings."""


class OwnRecord(msgspec.Struct, omit_defaults=True):
    """A formula that a person has written."""

    formula: str
    over: str = "mean"
    title: str = ""


class ChoiceRecord(msgspec.Struct, omit_defaults=True):
    """A chosen loss."""

    loss: str
    profile: str
    parameters: dict[str, float | bool] = {}
    reduction: str | None = None
    colour: int = 0
    own: OwnRecord | None = None


class OriginRecord(msgspec.Struct, omit_defaults=True):
    """Where an example comes from."""

    group: str = ""
    printed: str = ""
    remark: str = ""


class StudyRecord(msgspec.Struct, omit_defaults=True):
    """A study; tables are lists of rows.

    Words have no default but "": msgspec leaves out a default only where it is the same object.
    """

    predictions: list[list[Number]]
    classes: list[str]
    encoding: str
    kind: str
    dtype: str
    labels: list[list[Number]] | None = None
    choices: list[ChoiceRecord] = []
    sample_weight: list[Number] | None = None
    class_weight: list[Number] | None = None
    mask: list[bool] | None = None
    sample_names: list[tuple[int, str]] = []
    outer: list[int] | None = None
    title: str = ""
    origin: OriginRecord = msgspec.field(default_factory=OriginRecord)


class FileRecord(msgspec.Struct):
    """The file around it; its study is read only once format, version and seal are known."""

    format: str
    version: int
    sha256: str = ""
    study: msgspec.Raw = msgspec.Raw(b"{}")
