"""The plots, in the order of their tabs.

Importing this loads none of them: views are imported once the window is on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plot:
    """A plot of the window.

    Parameters
    ----------
    name, title
        As in code and on the tab.
    view
        Its widget, as 'module:Class'; made with the document.
    ways
        The ways in which it can be shown, the usual one first; words, or '' for none.
    """

    name: str
    title: str
    view: str
    ways: tuple[str, ...]


PLOTS = (
    Plot("curve", "Curve", "lossgui.gui.plots.curve:CurveView", ("", "slope")),
    Plot(
        "contributions",
        "Contributions",
        "lossgui.gui.plots.contributions:ContributionsView",
        ("class", "sample"),
    ),
    Plot("gradient", "Gradient", "lossgui.gui.plots.gradient:GradientView", ("sample", "batch")),
)
