"""Differences are told field by field in words people read; equal drafts have none."""

from hypothesis import given, settings

from directory.differences import differences, told
from directory.listing import ListingDraft
from tests.builders import make_draft, make_place
from tests.test_typed import DRAFTS


def test_each_field_that_differs_is_told_once_in_words() -> None:
    before = make_draft().as_dict()
    after = make_draft(name="Other", place=make_place(street="9 Example Avenue"), facets={}).as_dict()
    found = {one.field: (one.before, one.after) for one in differences(before, after)}
    assert found["Name"] == ("Tuesday Steps", "Other")
    assert found["Address"] == (
        "1200 Example Avenue, Columbus, OH 43215",
        "9 Example Avenue, Columbus, OH 43215",
    )
    assert found["Fellowship"] == ("Alcoholics Anonymous (AA)", "")
    assert set(found) == {"Name", "Address", "Fellowship", "Meeting format", "Access"}


@settings(max_examples=40, deadline=None)
@given(DRAFTS)
def test_the_same_twice_has_no_difference(draft: ListingDraft) -> None:
    assert differences(draft.as_dict(), draft.as_dict()) == []
    assert all(told(draft.as_dict()).values())


def test_what_was_not_there_says_nothing() -> None:
    assert told(None) == {}
