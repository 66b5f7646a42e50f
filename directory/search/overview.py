"""All that is public, seen from above: how many of each kind, how old what is known of them is, and where they lie."""

from datetime import date

import numpy as np

from directory.search.columns import Floats, Table
from directory.search.query import AGES, Overview

EPOCH = date(1970, 1, 1)


def overview(table: Table, today: date) -> Overview:
    columns, alive = table.columns, table.alive
    main, fresh = columns.main[alive], columns.fresh[alive]
    age = (today - EPOCH).days - fresh
    place = np.where(fresh == 0, len(AGES), np.searchsorted(np.array(AGES[:-1]), age))  # the last one: unknown
    kinds: dict[str, tuple[int, ...]] = {}
    for code in np.unique(main).tolist():
        counts = np.bincount(place[main == code], minlength=len(AGES) + 1)
        kinds[columns.codes[code].partition("=")[2]] = tuple(counts.tolist())
    placed = alive & ~np.isnan(columns.x)
    names = np.array([code.partition("=")[2] for code in columns.codes] or [""])
    return Overview(
        kinds, *_degrees(columns.x[placed], columns.y[placed], columns.z[placed]), names[columns.main[placed]]
    )


def _degrees(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats]:
    return np.degrees(np.arcsin(np.clip(z, -1, 1))), np.degrees(np.arctan2(y, x))
