"""Work on blocks, on as many threads as there are cores; NumPy lets them run side by side."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

WORTH = 0.002
"""Seconds an item takes from which threads bring more than they cost: at short ones they wait in turns."""

TRIED = 3
"""Items that are done first, to see how long one takes."""

AHEAD = 2
"""Results each thread may be ahead of who takes them, so that they do not pile up."""

Item = TypeVar("Item")
Done = TypeVar("Done")


def in_order(function: Callable[[Item], Done], items: Iterable[Item]) -> Iterator[Done]:
    """Yield `function` of each item, in order; on several threads if an item takes long."""
    rest, took = list(items), inf
    for item in rest[:TRIED]:
        start = perf_counter()
        done = function(item)
        took = min(took, perf_counter() - start)
        yield done
    del rest[:TRIED]
    if rest and took >= WORTH and (threads := os.cpu_count() or 1) > 1:
        yield from _side_by_side(function, rest, threads)
    else:
        yield from map(function, rest)


def _side_by_side(function: Callable[[Item], Done], items: Iterable[Item], threads: int) -> Iterator[Done]:
    # Imported with the first table that is worth it: the window starts sooner.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        under_way: deque[Future[Done]] = deque()
        try:
            for item in items:
                under_way.append(pool.submit(function, item))
                if len(under_way) > AHEAD * threads:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
