"""Our fixed words as others read them: one code for each, and a denial never looks like a yes."""

from directory.exchange.terms import every_term, said, taxonomy
from directory.vocab import Kind
from tests.builders import make_draft


def test_every_fixed_word_is_one_term_with_a_name_and_a_description() -> None:
    terms = list(every_term())
    assert len({term["code"] for term in terms}) == len({term["id"] for term in terms}) == len(terms)
    assert all(term["name"] and term["description"] for term in terms)
    assert {term["taxonomy_id"] for term in terms} == {taxonomy()["id"]}
    codes = {term["code"] for term in terms}
    assert {"kind:outpatient", "medication:methadone", "no-accepts:methadone", "modality:hybrid"} <= codes


def test_a_listing_says_its_kinds_its_facets_and_what_its_source_denies() -> None:
    draft = make_draft(also=(Kind.OUTPATIENT,), denied={"accepts": ("methadone",)})
    told = {(group, word) for group, word, _ in said(draft)}
    assert {("kind", "support_group"), ("kind", "outpatient"), ("fellowship", "aa")} <= told
    assert ("no-accepts", "methadone") in told
    assert ("accepts", "methadone") not in told
