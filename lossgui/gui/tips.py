"""Tool tips."""

from __future__ import annotations


def tip(words: str) -> str:
    """Return words as a tool tip: wrapped, and taken literally."""
    from html import escape

    return f"<p>{escape(words)}</p>" if words else ""
