"""What every engine promises about words (directory/search/query.py, "Words")."""

import pytest

from directory.search.query import Engine, SearchQuery
from directory.vocab import Kind
from tests.search.world import Suite, doc, filled, found, ids

ODD = [
    '"',
    "'",
    '"steps',
    "steps AND",
    "AND OR NOT",
    "NOT steps",
    "st*ps",
    "*",
    "?",
    "name:steps",
    "steps^4",
    "steps~2",
    "(steps",
    "[a TO b]",
    "\\",
    "x" * 5000,
    "steps " * 500,
    "🙂",
    "🙂 steps",
    "\x00",
    "\ud800",
    "ﷺ",
    "%' OR 1=1 --",
    "steps & | ! <-> :*",
    "ÅÄÖ ñ ß İ",
    "   ",
]


class WordsConformance(Suite):
    @pytest.mark.parametrize("part", ["name", "categories", "description", "city"])
    def test_a_word_is_found_in_every_field(self, engine: Engine, part: str) -> None:
        filled(engine, doc(1, **{"name": "Calm", part: "the Lanterns of Linden"}), doc(2))
        assert found(engine, "lanterns") == {1}

    @pytest.mark.parametrize("words", ["methadone", "Metadona", "medicaid", "Women", "mujeres", "español", "spanish"])
    def test_facets_are_found_by_their_labels_in_both_languages(self, engine: Engine, words: str) -> None:
        facets = {"medication": ("methadone",), "payment": ("medicaid",), "gender": ("women",), "language": ("es",)}
        filled(engine, doc(1, facets=facets), doc(2, facets={"payment": ("medicare",)}))
        assert found(engine, words) == {1}

    @pytest.mark.parametrize("words", ["recovery housing", "vivienda de recuperación", "sober living", "halfway house"])
    def test_kinds_are_found_by_label_and_everyday_name(self, engine: Engine, words: str) -> None:
        filled(engine, doc(1, "Harbor House", kinds=(Kind.SOBER_LIVING,)), doc(2, "Harbor Steps"))
        assert found(engine, words) == {1}

    @pytest.mark.parametrize("words", ["suboxone", "Subutex", "buprenorphine", "buprenorfina", "bupe"])
    def test_a_medicine_is_found_by_any_of_its_names(self, engine: Engine, words: str) -> None:
        filled(
            engine, doc(1, description="We give Sublocade."), doc(2, facets={"medication": ("buprenorphine",)}), doc(3)
        )
        assert found(engine, words) == {1, 2}

    def test_short_fellowship_names_find_the_long_ones(self, engine: Engine) -> None:
        filled(engine, doc(1, "Night Narcotics Anonymous"), doc(2, facets={"fellowship": ("na",)}), doc(3, "Banana"))
        assert found(engine, "NA") == found(engine, "N.A.") == {1, 2}

    @pytest.mark.parametrize("words", ["CAFÉ", "cafe", "Cafés", "cafe\u0301"])
    def test_capitals_accents_and_plurals_make_no_difference(self, engine: Engine, words: str) -> None:
        filled(engine, doc(1, "Café Esperanza"), doc(2))
        assert found(engine, words) == {1}

    def test_stems_are_compared(self, engine: Engine) -> None:
        filled(engine, doc(1, description="volunteers plant gardens"), doc(2))
        assert found(engine, "gardening plants") == {1}

    def test_women_is_not_men_nor_mental(self, engine: Engine) -> None:
        filled(engine, doc(1, "Women Rising"), doc(2, "Men Rising"), doc(3, description="mental health"))
        assert found(engine, "men") == {2}

    def test_all_words_must_match_when_any_listing_has_them_all(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern", city="Dublin"), doc(2, "Lantern"), doc(3, city="Dublin"))
        assert found(engine, "lantern dublin") == {1}

    def test_any_word_counts_when_none_has_them_all_and_more_words_come_first(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern"), doc(2, "Harbor"), doc(3, "Harbor", city="Dublin"), doc(4, "Quiet"))
        answer = engine.search(SearchQuery("lantern harbor dublin"))
        assert answer.total == 3
        assert ids(answer)[0] == 3

    def test_filters_never_change_what_words_mean(self, engine: Engine) -> None:
        """The listing with all the words is far away; those with one of them do not slip in near by."""
        filled(engine, doc(1, "Lantern", city="Dublin", facets={"payment": ("free",)}), doc(2, "Lantern"))
        assert found(engine, "lantern dublin", facets={"payment": ("medicaid",)}) == set()

    def test_words_that_say_nothing_are_left_out(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern"), doc(2, description="near me and in the house"))
        assert found(engine, "a lantern near me") == {1}

    def test_words_that_say_nothing_are_words_when_alone(self, engine: Engine) -> None:
        filled(engine, doc(1, "This Is It"), doc(2, "Lantern"))
        assert found(engine, "this is it") == {1}

    def test_a_last_word_cut_short_finds_what_begins_with_it(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern"), doc(2, description="lanterns"), doc(3, "Plan"), doc(4, "Lan"))
        assert found(engine, "lante") == {1, 2}
        assert found(engine, "lan") == {4}, "a word that is there whole is not cut short"
        assert found(engine, "lante plan") == {3}, "only the last word may be cut short"

    def test_a_misspelt_word_is_corrected_from_the_words_there_are(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern", city="Worthington"), doc(2, "Harbor"))
        assert engine.search(SearchQuery("lantren")).did_you_mean == "lantern"
        assert engine.search(SearchQuery("The lantern in Wortington")).did_you_mean == "The lantern in worthington"

    def test_nothing_is_corrected_when_every_word_is_found(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern Harbor"), doc(2, "Lanterne"))
        assert engine.search(SearchQuery("lanterne harbor")).did_you_mean == ""
        assert engine.search(SearchQuery("zq")).did_you_mean == ""

    def test_a_correction_never_comes_from_a_removed_listing(self, engine: Engine) -> None:
        filled(engine, doc(1, "Lantern"), doc(2, "Harbor"))
        engine.write((), (1,), 2)
        assert engine.search(SearchQuery("lantren")).did_you_mean == ""

    @pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
    def test_odd_words_never_fail(self, engine: Engine, words: str) -> None:
        filled(engine, doc(1, "Tuesday Steps"), doc(2, "Harbor"))
        assert engine.search(SearchQuery(words)).total in (0, 1, 2)

    def test_signs_are_no_query_language(self, engine: Engine) -> None:
        filled(engine, doc(1, "Tuesday Steps"), doc(2, "Harbor"), doc(3, "Stops and Starts"))
        assert found(engine, "NOT harbor") == {2}
        assert found(engine, '"steps tuesday"') == {1}
        assert found(engine, "st*ps") == set()
        assert found(engine, "and or not") == {3}

    def test_no_words_match_everything(self, engine: Engine) -> None:
        filled(engine, doc(1), doc(2))
        assert found(engine) == found(engine, "!?") == {1, 2}

    def test_the_name_counts_more_than_the_description(self, engine: Engine) -> None:
        filled(engine, doc(1, "Harbor", description="our lantern"), doc(2, "Lantern", description="our harbor house"))
        assert ids(engine.search(SearchQuery("lantern"))) == [2, 1]

    def test_the_very_word_counts_more_than_its_meaning(self, engine: Engine) -> None:
        filled(engine, doc(1, "Buprenorphine clinic"), doc(2, "Suboxone clinic"), doc(3, "Methadone clinic"))
        assert ids(engine.search(SearchQuery("suboxone"))) == [2, 1]

    def test_two_listings_of_one_name_are_both_found(self, engine: Engine) -> None:
        filled(engine, *(doc(n, "Serenity Lantern") for n in range(1, 8)), doc(8, "Serenity"))
        assert found(engine, "serenity lantern") == set(range(1, 8))
        assert found(engine, "serenity") == set(range(1, 9))
