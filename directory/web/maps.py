"""The sketch beside the results: which of the cards have a place one may go to, numbered as in the list."""

from collections.abc import Sequence

from directory.handoff.geometry import EDGE, MIDDLE, POINT, SIZE, Mark, Ring, Sketch, Spot, Town, draw
from directory.search.query import Near
from directory.web.cards import Card

__all__ = ["EDGE", "MIDDLE", "POINT", "SIZE", "Mark", "Ring", "Sketch", "Town", "sketch"]


def sketch(near: Near | None, cards: Sequence[Card], language: str) -> Sketch | None:
    """The cards around a place, north up; None when there is nothing to draw."""
    if near is None:
        return None
    spots = [spot for number, card in enumerate(cards, 1) if (spot := _spot(number, card))]
    return draw(near, spots, len(cards) - len(spots), language)


def _spot(number: int, card: Card) -> Spot | None:
    """None for what has no place one may go to."""
    place = card.draft.place
    if place is None or place.latitude is None or place.longitude is None or place.confidential or not card.distance:
        return None
    return Spot(number, card.draft.name, place.latitude, place.longitude, place.approximate)
