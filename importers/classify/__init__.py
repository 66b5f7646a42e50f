"""What a service of a general export is: its kind, needs and facets, with a reason and a confidence."""

from importers.classify.reading import MAY_BE_OFF_TOPIC, WHICH_STAY, classify
from importers.classify.telling import Meaning, Term, Told
from importers.rows import Feed, Row, Skip

__all__ = ["MAY_BE_OFF_TOPIC", "OFF_TOPIC", "WHICH_STAY", "Meaning", "Term", "Told", "classify", "decide"]
OFF_TOPIC = "not about aftercare"


def decide(told: Told, row: Row, feed: Feed, key: str = "") -> Meaning:
    """The meaning of a record to be listed; Skip when it has nothing to do with aftercare (and is not let in).

    Notes in `row` why it was read so, and marks it for a person where that is in doubt. `key` is the record's own, so
    that a listing which turned out to be off topic is retired with this reason.
    """
    meaning = classify(told)
    if not meaning.on_topic and not feed.everything:
        raise Skip(OFF_TOPIC, meaning.reason, key)
    row.why = f"{meaning.kind.en}: {meaning.reason}" if meaning.on_topic else f"let in: {meaning.reason}"
    row.doubt = "" if feed.everything and meaning.doubt == MAY_BE_OFF_TOPIC else meaning.doubt
    return meaning
