"""GeoJSON (RFC 7946): a feature for each listing; geometry null where there is no place to show."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, TextIO

from directory.exchange.public import given, listing_id, shared, write_items
from directory.exchange.record import record
from directory.listing import Listed


def write(listings: Iterable[Listed], out: TextIO, made_at: datetime) -> int:
    head = f'{{"type": "FeatureCollection", "generated": {json.dumps(made_at.isoformat())}, "features": ['
    return write_items(out, head, map(partial(feature, made_at=made_at), shared(listings)), "\n]}\n")


def feature(listed: Listed, made_at: datetime) -> dict[str, Any]:
    """One listing already made fit to share (see `shared`)."""
    properties = given(**record(listed, made_at))
    latitude, longitude = properties.pop("latitude", None), properties.pop("longitude", None)
    pin = {"type": "Point", "coordinates": [longitude, latitude]} if None not in (latitude, longitude) else None
    return {"type": "Feature", "id": listing_id(listed), "geometry": pin, "properties": properties}
