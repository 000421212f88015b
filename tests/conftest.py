"""What holds for all tests: the screen they run on, and that each leaves nothing behind."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose Qt's platform, once pytest-xvfb has had its chance to give us a screen of our own."""
    hands_out = config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput")
    if sys.platform.startswith("linux") and not hands_out:
        os.environ.setdefault("QT_QPA_PLATFORM", platform(os.environ))


def platform(environ: os._Environ[str]) -> str:
    # X11 first: that is where Xvfb is, and a person's Wayland session is not for tests to open windows in.
    if environ.get("DISPLAY"):
        return "xcb"
    return "wayland" if environ.get("WAYLAND_DISPLAY") else "offscreen"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip desktop tests where there is no screen, but never in CI."""
    without_screen = os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal"))
    if without_screen and not os.environ.get("CI"):
        skip = pytest.mark.skip(reason="drives a real window, and Qt has no screen here")
        for item in items:
            if item.get_closest_marker("desktop"):
                item.add_marker(skip)


def pytest_collection_finish() -> None:
    # What is imported by now stays: collections after each test then look at the test's own objects only.
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a top-level widget, and collect its garbage in the window's thread.

    A collection that happens to start in a worker thread can end Python, so Qt tests run without any.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    before = top_levels()
    failures = request.session.testsfailed
    gc.disable()
    yield
    settle()
    gc.enable()
    left = [widget for widget in top_levels() if widget not in before]
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    # The traceback of a failed test holds its widgets, which is no second fault.
    if names and request.session.testsfailed == failures:
        pytest.fail("widgets left behind: " + ", ".join(names))


def top_levels() -> list[Any]:
    """Return the top-level widgets of a running application, less Qt's own tool tip."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    return [w for w in QApplication.topLevelWidgets() if w.metaObject().className() != "QTipLabel"]


def settle() -> None:
    """Let events and deletions that are under way finish, and collect what nobody holds any more."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for _ in range(2):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
