"""Edits of what a study holds, as functions; `Study` has them as its methods."""
