"""Plots for the admin's side: plain numbers in, positions in an SVG of fixed size out. Each has its table beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, log10

WIDE, HIGH, MARGIN = 640, 220, 34


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    points: str  # of an SVG polyline
    last: int
    y: float  # of the last point


@dataclass(frozen=True, slots=True)
class Plot:
    lines: tuple[Line, ...]
    levels: tuple[tuple[float, int], ...]  # y and what it stands for
    first: date
    last: date
    wide: int = WIDE
    high: int = HIGH
    margin: int = MARGIN


def over_time(days: Sequence[date], series: Mapping[str, Sequence[int]]) -> Plot | None:
    """Lines from zero up, a point a day; None with less than two days."""
    if len(days) < 2 or not series:
        return None
    top = ceiling(max(max(values) for values in series.values()))
    span = (days[-1] - days[0]).days
    xs = [MARGIN + (WIDE - 2 * MARGIN) * (day - days[0]).days / span for day in days]
    lines = tuple(_line(words, xs, values, top) for words, values in series.items())
    levels = tuple((round(_y(top * part // 4, top), 1), top * part // 4) for part in range(0, 5, 2))
    return Plot(lines, levels, days[0], days[-1])


def _line(words: str, xs: Sequence[float], values: Sequence[int], top: int) -> Line:
    ys = [_y(value, top) for value in values]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    return Line(words, points, values[-1], round(ys[-1], 1))


def _y(value: float, top: int) -> float:
    return HIGH - MARGIN - (HIGH - 2 * MARGIN) * value / top


def ceiling(value: int) -> int:
    """The next round number that four divides: 4, 8, 20, 40, 80, 200 …"""
    if value <= 4:
        return 4
    size: int = 10 ** int(log10(value))
    return next(size * step for step in (1, 2, 4, 8, 20) if size * step >= value and size * step % 4 == 0)


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    step: int
    told: str


def on_a_map(points: Sequence[tuple[float, float, int, str]], wide: int = WIDE) -> tuple[list[Dot], int]:
    """(latitude, longitude, step, words) as dots, north up; and the height of the drawing."""
    from math import cos, radians

    lats, lons = [one[0] for one in points], [one[1] for one in points]
    shrink = cos(radians((min(lats) + max(lats)) / 2))
    across = max((max(lons) - min(lons)) * shrink, 0.01)
    scale = (wide - 20) / across
    high = min(ceil((max(lats) - min(lats)) * scale) + 20, 2 * wide)
    scale = min(scale, (high - 20) / max(max(lats) - min(lats), 0.01))
    dots = [
        Dot(round(10 + (lon - min(lons)) * shrink * scale, 1), round(10 + (max(lats) - lat) * scale, 1), step, told)
        for lat, lon, step, told in points
    ]
    return dots, high
