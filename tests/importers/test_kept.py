"""What is known of a whole feed is kept apart from the memory, and is there when a record asks for it."""

from importers.kept import Kept


def test_a_thing_is_found_by_its_name_as_it_was_last_given() -> None:
    kept = Kept()
    kept["7"] = {"name": "Alpha", "sites": ["1", "2"]}
    kept["7"] = {"name": "Beta"}
    kept["8"] = None
    assert kept.get("7") == {"name": "Beta"}
    assert kept.get("8", "missing") is None
    assert kept.get("9", "missing") == "missing"
    assert "8" in kept
    assert "9" not in kept


def test_words_are_counted_once_where_they_belong() -> None:
    kept = Kept()
    assert kept.add("street", "40.1 -83.2", "1 main st")
    assert not kept.add("street", "40.1 -83.2", "1 main st")
    assert kept.add("street", "40.1 -83.2", "2 main st")
    assert kept.add("child", "40.1 -83.2", "1 main st")
    assert kept.count("street", "40.1 -83.2") == 2
    assert kept.of("street", "40.1 -83.2") == ["1 main st", "2 main st"]
    assert kept.of("street", "40.1 -83.2", 1) == ["1 main st"]
    assert kept.of("street", "elsewhere") == []


def test_two_feeds_know_nothing_of_each_other() -> None:
    one, other = Kept(), Kept()
    one["1"] = "mine"
    assert other.get("1") is None
