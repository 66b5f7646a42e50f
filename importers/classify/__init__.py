"""What a service of a general export is: its kind, needs and facets, with a reason and a confidence."""

from importers.classify.reading import classify
from importers.classify.telling import Meaning, Term, Told
from importers.rows import Feed, Row, Skip

__all__ = ["OFF_TOPIC", "Meaning", "Term", "Told", "classify", "decide"]
OFF_TOPIC = "not about aftercare"


def decide(told: Told, row: Row, feed: Feed) -> Meaning:
    """The meaning of a record to be listed; Skip when it has nothing to do with aftercare (and is not let in)."""
    meaning = classify(told)
    if not meaning.on_topic:
        raise Skip(OFF_TOPIC, meaning.reason)
    return meaning
