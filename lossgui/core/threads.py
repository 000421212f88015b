"""Work on blocks, on as many threads as there are cores; NumPy lets them run side by side."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

WORTH = 100_000
"""Numbers from which threads bring more than they cost."""

AHEAD = 2
"""Results each thread may be ahead of who takes them, so that they do not pile up."""

AT_ONCE = 4
"""Blocks that are computed in one go: in fewer and longer calls threads seldom wait for one another."""

Item = TypeVar("Item")
Done = TypeVar("Done")


def in_order(function: Callable[[Item], Done], items: Sequence[Item], numbers: int) -> Iterator[Done]:
    """Yield `function` of each item, in order; on several threads if `numbers` are many."""
    threads = min(os.cpu_count() or 1, len(items)) if numbers >= WORTH else 1
    if threads < 2:
        yield from map(function, items)
        return
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


def spans(places: Iterable[int]) -> list[range]:
    """Return places, which ascend, as ranges of neighbours that are computed in one go."""
    found: list[range] = []
    for place in places:
        if found and found[-1].stop == place and len(found[-1]) < AT_ONCE:
            found[-1] = range(found[-1].start, place + 1)
        else:
            found.append(range(place, place + 1))
    return found
