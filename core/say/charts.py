"""Charts as pictures: PNG with every glyph that Chinese needs. Matplotlib loads when the first is drawn, not before."""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

from core.say.message import Chart, Panel

WIDTH, HEIGHT, DPI = 9.0, 6.4, 110
INK, PALE, GRID = "#1f2933", "#52606d", "#d9e2ec"
COLOURS = ("#2f6fb0", "#7fb069")
EARLY, ORDINARY, LATE = "#e0a030", "#2f6fb0", "#b04a3f"
#: Labels of days that fit beside each other.
TICKS = 8


class NoCharts(Exception):
    """What pictures are drawn with is not installed: the extra `charts`."""


def png(chart: Chart) -> bytes:
    """The picture. Raises NoCharts where matplotlib is not installed. Takes a moment: not for the loop's own thread."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise NoCharts(str(error)) from None
    font = _font()
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    figure.suptitle(chart.title, fontproperties=font, fontsize=14, color=INK)
    rows = (len(chart.panels) + 1) // 2
    for n, panel in enumerate(chart.panels):
        wide = len(chart.panels) % 2 == 1 and n == 0
        place = (rows, 1, 1) if wide else (rows, 2, n + 1 + (len(chart.panels) % 2 and 1))
        _draw(figure.add_subplot(*place), panel, font)
    file = BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


@cache
def _font() -> Any:
    """A subset of Noto Sans CJK SC (OFL): Latin, punctuation and the characters of GB 2312."""
    from matplotlib.font_manager import FontProperties, fontManager

    path = resources.files("core.say") / "fonts" / "NotoSansSC-GB2312.otf"
    fontManager.addfont(str(path))
    return FontProperties(fname=str(path))


def _draw(axes: Any, panel: Panel, font: Any) -> None:
    axes.set_title(panel.title, fontproperties=font, fontsize=11, color=INK, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GRID)
    axes.tick_params(colors=PALE, labelsize=9, length=0)
    lying = panel.kind == "bars"
    axes.grid(axis="x" if lying else "y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    places = range(len(panel.labels))
    if lying:
        (_, values), *_rest = panel.series
        bars = axes.barh(list(places), values, color=ORDINARY, height=0.6)
        axes.bar_label(bars, labels=[f"{value:.0f}" for value in values], padding=3, fontproperties=font, fontsize=9)
        axes.set_xlim(0, 112)
        axes.set_yticks(list(places), panel.labels)
        axes.invert_yaxis()
    else:
        _columns(axes, panel, font)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)
        label.set_fontsize(9)


def _columns(axes: Any, panel: Panel, font: Any) -> None:
    count = len(panel.series)
    width = 0.8 / count
    for n, (name, values) in enumerate(panel.series):
        at = [place + (n - (count - 1) / 2) * width for place in range(len(values))]
        colours = _tails(len(values), *panel.tails) if panel.tails else COLOURS[n % len(COLOURS)]
        bars = axes.bar(at, values, width=width * 0.92, color=colours, label=name)
        if len(values) <= TICKS:
            axes.bar_label(bars, labels=[f"{v:.0f}" if v else "" for v in values], fontproperties=font, fontsize=8)
    step = -(-len(panel.labels) // TICKS)
    axes.set_xticks(list(range(0, len(panel.labels), step)), panel.labels[::step])
    axes.yaxis.get_major_locator().set_params(integer=True)
    if count > 1:
        axes.legend(prop=font, fontsize=9, frameon=False, labelcolor=INK)


def _tails(count: int, begin: int, end: int) -> list[str]:
    """Far better than agreed, as agreed, late."""
    return [EARLY if n < begin else LATE if n >= end else ORDINARY for n in range(count)]
