"""A page says who is served in the source's own words where they say more than the counties and states we know."""

import pytest

from directory.listing import Area
from directory.web.facts import area_words


@pytest.mark.parametrize(
    ("area", "told"),
    [
        (
            Area(counties=("OH:Franklin", "OH:St. Clair"), words="Franklin and Saint Clair County"),
            "Franklin County, St. Clair County",
        ),
        (Area(states=("OH", "KY"), words="Ohio, KY"), "OH, KY"),
        (
            Area(counties=("OH:Franklin",), words="Franklin County (OH); the near east side"),
            "Franklin County; Franklin County (OH); the near east side",
        ),
        (Area(states=("OH",)), "OH"),
        (Area(words="Downtown"), "Downtown"),
        (Area(nationwide=True, words="USA"), "the whole country"),
    ],
)
def test_words_are_told_beside_counties_only_where_they_say_more(area: Area, told: str) -> None:
    assert area_words(area, "en") == told
