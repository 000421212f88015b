"""Imports as Python has them, for all modules that are imported after this one.

PySide6 puts a function of its own in place of `__import__`, which reads the source of each module that is
imported from then on, to see whether it asks for Qt's names in another style. None here does, and to read
them takes a fortieth of the start; it is 300 modules in the first seconds.
"""

from __future__ import annotations

import builtins

import PySide6.QtWidgets  # noqa: F401 - with it comes that function

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
