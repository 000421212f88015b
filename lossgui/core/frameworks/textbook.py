"""The tutorials' own NumPy code."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import NUMPY

FRAMEWORK = Framework("textbook", NUMPY)
