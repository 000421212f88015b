"""How a loss is found: by title, initials and purpose, and by the names of frameworks' callables."""

from __future__ import annotations

import re

from lossgui.core.loss import Loss

ALIASES = (("f.", "torch.nn.functional."), ("nn.", "torch.nn."), ("tf.keras.", "keras."), ("sk.", "sklearn."))
"""How imports shorten the names of frameworks."""


def rank(entry: Loss, searched: str) -> int | None:
    """Return how well a loss fits what is searched, 0 the best; None if it does not."""
    wanted, title, short = _plain(searched), _plain(entry.title), _initials(entry.title)
    if wanted in (title, short, _plain(entry.name)):
        return 0
    if profile_called(entry, searched):
        return 1
    if title.startswith(wanted):
        return 2
    words = wanted.split()
    if all(word in title or word == short for word in words):
        return 3
    called = (_plain(name) for form in entry.forms.values() for name in form.called)
    names = " ".join((title, short, entry.name, _plain(entry.name), entry.family, *called))
    if all(word in names for word in words):
        return 4
    sentences = (entry.words, entry.use, entry.reference, " ".join(entry.profiles))
    everything = " ".join((names, *map(_plain, sentences)))
    return 5 if all(word in everything for word in words) else None


def profile_called(entry: Loss, searched: str) -> str | None:
    """Return the profile of the callable that is searched for by its name, or its last part; None if none is.

    What is also the loss's own name means the loss, under no profile in particular.
    """
    typed = searched.strip().casefold()
    wanted = typed.partition("(")[0]
    if len(wanted) < 3 or _plain(wanted) in (_plain(entry.title), _plain(entry.name)):
        return None
    for short, full in ALIASES:
        wanted = full + wanted.removeprefix(short) if wanted.startswith(short) else wanted
    for profile, form in entry.forms.items():
        for name in map(str.casefold, form.called):
            if name in (typed, wanted) or name.endswith("." + wanted):
                return profile
    return None


def _plain(words: str) -> str:
    """Return words in small letters, hyphens and underscores as spaces."""
    return " ".join(re.sub(r"[-_−–]", " ", words.casefold()).split())


def _initials(title: str) -> str:
    """Return the short name that people use: 'mse' for 'Mean squared error'."""
    return "".join(word[0] for word in _plain(title).split())
