"""What is it? A service of a general export is read from its codes, its category words and its text."""

import tomllib
from importlib.resources import files
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.vocab import FACETS, Kind
from importers.classify import MAY_BE_OFF_TOPIC, OFF_TOPIC, Meaning, Term, Told, classify, decide, tables
from importers.classify.hearing import Phrases, stem
from importers.rows import Feed, Row, Skip

FEED = Feed("hsds")
KINDS = [
    ("Harbor Light Detox", "Medical detoxification with 12 beds, then inpatient treatment.", Kind.RESIDENTIAL),
    ("Cedar Recovery", "Outpatient substance use treatment, individual and group counseling.", Kind.OUTPATIENT),
    ("Northside Methadone Clinic", "Methadone maintenance and counseling.", Kind.OUTPATIENT),
    ("Alcohol Drug Information School", "A class for people with a DUI.", Kind.OUTPATIENT),
    ("Community Mental Health Center", "Outpatient mental health treatment for adults.", Kind.OUTPATIENT),
    ("Narcotics Anonymous", "A 12-step program for people who want to quit drugs. Meets Fridays.", Kind.SUPPORT_GROUP),
    ("Depression Support Group", "Meets every Tuesday at the church.", Kind.SUPPORT_GROUP),
    ("Maple Sober Living", "Sober living for men in early recovery.", Kind.SOBER_LIVING),
    ("Bridge House", "Transitional housing for homeless men recovering from addiction.", Kind.SOBER_LIVING),
    ("Bridge House", "Transitional housing for homeless families with children.", Kind.COMMUNITY_SERVICE),
    ("Night Shelter", "Emergency shelter for homeless women.", Kind.COMMUNITY_SERVICE),
    ("Peer Support by Phone", "Peers of a recovery network call people in recovery weekly.", Kind.SUPPORT_GROUP),
    ("Peer recovery chat", "Chat with a trained peer in recovery from alcohol or drugs.", Kind.SUPPORT_GROUP),
    ("24-Hour Crisis Line", "Emotional support by phone at any hour.", Kind.COMMUNITY_SERVICE),
]
NEEDS = [
    ("Food Pantry", "Groceries once a month.", "food"),
    ("Clothing Bank", "Free clothes for adults.", "clothing"),
    ("Legal clinic", "Direct representation", "legal_aid"),
    ("Dental Clinic", "Dental care for adults without insurance.", "dental"),
    ("GED Preparation", "Classes for adults who want a high school diploma.", "education"),
    ("One-Stop Career Center", "Job search help and resume writing.", "jobs"),
    ("Vital Records", "Certified copies of birth certificates.", "id_papers"),
    ("Bus Passes", "Bus passes for medical visits.", "transport"),
    ("Child Care Center", "Licensed child care for working parents.", "child_care"),
    ("Syringe Exchange", "Sterile syringes and naloxone.", "harm_reduction"),
    ("Rental Assistance", "Help with back rent.", "housing"),
    ("Parenting Classes", "Court-approved parenting classes.", "family_support"),
    ("Volunteer Opportunities", "Call the volunteer office.", "volunteering"),
    ("Food Stamps Office", "Apply for food stamps and cash assistance.", "benefits"),
    ("Community Health Center", "Primary care on a sliding scale.", "health_care"),
]
OFF = [
    ("Bureau of Substance Use Services", "Licenses and regulates substance use treatment programs."),
    ("Alliance of Recovery Homes", "Trains and certifies operators of recovery homes."),
    ("Addiction Counselor Institute", "Training for professionals who work in substance use treatment."),
    ("Central Kitchen", "Food Rescue and Meals. Food is not provided directly to individuals."),
    ("Branch Library", "Books, computers and a children's room."),
    ("Animal Shelter", "Adopt a dog or a cat. Low-cost spay and neuter."),
    ("Public Works", "Streets, sewer service and water service."),
    ("Youth Soccer League", "Teams for boys and girls ages 6 to 13."),
    ("Elementary School", "Kindergarten through 6th grade."),
    ("Prevention in Schools", "Drug prevention program for elementary school students ages 8 to 12."),
    ("Breast Cancer Support Group", "For women who have been diagnosed with cancer."),
    ("Disaster Recovery", "Disaster recovery loans after a flood."),
    ("Fire Station 9", "Responds to fires. Fire prevention classes."),
    ("Museum of Art", "A gallery of local paintings."),
    ("Street Cleaning", "Keeps clean streets."),
    ("Neighborhood Association", "Board meetings on the first Tuesday."),
    ("Debt recovery office", "Recovery of costs owed to the city treasurer."),
    ("Policy Center", "A national organization for public policy and research on addiction; awards and fundraising."),
]


@pytest.mark.parametrize(("name", "text", "kind"), KINDS, ids=[f"{name}: {kind}" for name, _, kind in KINDS])
def test_the_kind_is_what_it_does(name: str, text: str, kind: Kind) -> None:
    meaning = classify(Told(name, text=text))
    assert (meaning.on_topic, meaning.kind) == (True, kind), meaning


@pytest.mark.parametrize(("name", "text", "need"), NEEDS, ids=[need for *_, need in NEEDS])
def test_a_community_service_says_which_need_it_meets(name: str, text: str, need: str) -> None:
    meaning = classify(Told(name, text=text))
    assert meaning.on_topic
    assert meaning.kind is Kind.COMMUNITY_SERVICE
    assert need in meaning.facets["need"], meaning


@pytest.mark.parametrize(("name", "text"), OFF, ids=[name for name, _ in OFF])
def test_what_has_nothing_to_do_with_aftercare_is_kept_out_and_says_why(name: str, text: str) -> None:
    with pytest.raises(Skip) as kept_out:
        decide(Told(name, text=text), Row(1, {}), FEED, key="7")
    assert (kept_out.value.reason, kept_out.value.key) == (OFF_TOPIC, "7")
    assert kept_out.value.detail


@pytest.mark.parametrize(
    "text",
    [
        "Emergency shelter. No drugs or alcohol allowed.",
        "Emergency shelter. Must be sober for 30 days.",
        "Emergency shelter. Residents must be free of drugs and alcohol.",
        "Emergency shelter. We do not provide detox or substance abuse treatment.",
        "Emergency shelter with referrals to substance abuse treatment and detox.",
        "Emergency shelter. This is not a treatment program for alcohol or drug addiction.",
    ],
)
def test_denials_referrals_and_house_rules_make_no_treatment_program(text: str) -> None:
    meaning = classify(Told("Harbor House", text=text))
    assert meaning.kind is Kind.COMMUNITY_SERVICE, meaning
    assert meaning.facets["need"] == ("housing",)
    assert not {"level", "therapy", "medication"} & set(meaning.facets)


def test_a_mental_health_clinic_is_not_said_to_treat_substance_use() -> None:
    meaning = classify(Told("Elm Psychiatry", text="Psychotherapy for adults. Does not treat substance abuse."))
    assert meaning.kind is Kind.OUTPATIENT
    assert meaning.facets["need"] == ("mental_health",)
    assert "medication" not in meaning.facets


def test_substance_use_treatment_alone_is_not_said_to_be_mental_health_care() -> None:
    assert "need" not in classify(Told("Cedar", text="Outpatient alcohol and drug treatment.")).facets


def test_facets_are_only_what_it_says() -> None:
    said = "Intensive outpatient drug and alcohol treatment for women only. Relapse prevention. Accepts Medicaid."
    meaning = classify(Told("Cedar Recovery", text=said))
    assert meaning.facets == {
        "level": ("intensive_outpatient",),
        "population": ("women",),
        "gender": ("women",),
        "therapy": ("relapse_prevention",),
        "payment": ("medicaid",),
    }
    assert meaning.denied == {"gender": ("men",)}


@pytest.mark.parametrize(
    "who",
    [
        "Men and women ages 18 and older.",
        "For homeless men and women.",
        "Men or women only, no families.",
        "Designed for women and men in recovery.",
    ],
)
def test_a_place_for_both_is_never_said_to_turn_one_away(who: str) -> None:
    meaning = classify(Told("Cedar Recovery", text=f"Outpatient drug and alcohol treatment. {who}"))
    assert "gender" not in meaning.facets
    assert not {"men", "women"} & set(meaning.facets.get("population", ()))
    assert meaning.denied == {}


@pytest.mark.parametrize(
    "text",
    [
        "Helps to apply for Medicaid.",
        "Does not accept Medicaid.",
        "Must not have Medicaid.",
        "Not wheelchair accessible. No drop-ins.",
        "Refers to places that offer relapse prevention.",
    ],
)
def test_what_is_only_spoken_of_becomes_no_facet(text: str) -> None:
    found = classify(Told("Cedar Recovery", text=f"Drug and alcohol treatment. {text}")).facets
    assert not {"payment", "access", "therapy"} & set(found), found


def test_a_fellowship_is_named_only_for_a_meeting() -> None:
    assert classify(Told("Narcotics Anonymous")).facets["fellowship"] == ("na",)
    program = classify(
        Told("Pine Inpatient Program", text="Inpatient drug treatment. Also offers Narcotics Anonymous.")
    )
    assert program.kind is Kind.RESIDENTIAL
    assert "fellowship" not in program.facets


def test_treatment_for_teens_is_on_topic_and_says_so() -> None:
    meaning = classify(Told("Youth Recovery", text="Outpatient substance abuse treatment for ages 12 to 17."))
    assert meaning.on_topic
    assert meaning.facets["age"] == ("teen",)


def test_other_services_for_minors_are_not() -> None:
    assert not classify(Told("Counseling", text="Mental health counseling for children ages 4 - 12.")).on_topic


def test_codes_alone_are_enough_and_ancestors_count_once() -> None:
    codes = [Term("211hsis", code) for code in ("R", "RX", "RX-8450", "RX-8450.3300")]
    meaning = classify(Told("Program 12", tuple(codes)))
    assert meaning.kind is Kind.RESIDENTIAL
    assert "RX-8450.3300" in meaning.reason


def test_a_code_of_an_unknown_scheme_says_nothing() -> None:
    assert not classify(Told("Program 12", (Term("house", "RX-8450.3300"),))).on_topic


def test_words_of_a_taxonomy_term_count_like_category_words() -> None:
    words = "Substance Abuse Treatment"
    by_term = classify(Told("Program 12", (Term("", "x1", words),)))
    assert by_term.kind is classify(Told("Program 12", categories=(words,))).kind is Kind.OUTPATIENT


def test_the_reason_quotes_what_led_to_it() -> None:
    assert "“food pantry”" in classify(Told("Food Pantry")).reason


def test_the_row_keeps_why_and_what_is_in_doubt_for_a_person() -> None:
    row = Row(1, {})
    decide(Told("Food Pantry", text="Free food."), row, FEED)
    assert row.why.startswith("Community service: ")
    assert row.doubt == ""
    unclear = Told("Animal clinic", text="A medical clinic.", categories=("Food pantry",))
    found = classify(unclear)
    if found.on_topic:
        decide(unclear, row, FEED)
        assert row.doubt == found.doubt


def test_a_publisher_let_in_whole_loses_nothing_and_asks_nobody() -> None:
    row = Row(1, {})
    meaning = decide(Told("Branch Library", text="Books."), row, Feed("hsds", everything=True))
    assert meaning.kind is Kind.COMMUNITY_SERVICE
    assert row.doubt != MAY_BE_OFF_TOPIC
    assert row.why


# The tables themselves


def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("importers.classify").joinpath("words.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("section", ["strong", "plain", "passing", "away", "facet"])
def test_every_phrase_of_the_table_is_heard_as_what_it_stands_for(section: str) -> None:
    phrases = tables.details() if section == "facet" else tables.subjects()
    for senses, written in _table()[section].items():
        for phrase in written:
            for words in product(*(part.split("|") for part in phrase.split())):
                heard = {sense for one in phrases.hear(" ".join(words)) for sense, _ in one.senses}
                assert set(senses.split()) <= heard, (section, senses, words)


def test_every_facet_of_the_tables_is_a_word_of_ours() -> None:
    senses = [sense for section in _table().values() for key in section for sense in key.split()]
    codes = tomllib.loads(files("importers.classify").joinpath("terms.toml").read_text(encoding="utf-8"))
    senses += [sense.rstrip("?") for scheme in codes.values() for told in scheme.values() for sense in told.split()]
    for sense in senses:
        group, _, value = sense.partition(".")
        if value and group not in ("away", "mark", "language"):
            assert value in FACETS[group]._value2member_map_, sense


# Whatever comes in

WORDS = st.sampled_from(
    "substance abuse treatment no not provide detox shelter food children ages 6 to 12 must be sober library animal "
    "referrals to . ; , housing counseling outpatient residential 12 step meeting support group women only".split()
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))
TOLD = st.builds(
    Told,
    name=TEXTS,
    terms=st.lists(st.builds(Term, st.sampled_from(["211hsis", "open-eligibility", ""]), TEXTS, TEXTS), max_size=4).map(
        tuple
    ),
    categories=st.lists(TEXTS, max_size=4).map(tuple),
    text=TEXTS,
    organization=TEXTS,
)


def sound(meaning: Meaning) -> bool:
    known = all(
        value in FACETS[group]._value2member_map_ if group != "language" else len(value) in (2, 3)
        for side in (meaning.facets, meaning.denied)
        for group, values in side.items()
        for value in values
    )
    return known and 0 <= meaning.confidence <= 1 and bool(meaning.reason) and isinstance(meaning.kind, Kind)


@given(TOLD)
def test_whatever_a_record_says_its_reading_is_sound(told: Told) -> None:
    meaning = classify(told)
    assert sound(meaning)
    assert classify(told) == meaning


@given(st.sampled_from(KINDS), st.sampled_from(["Call for hours.", "The building is red.", "Founded long ago."]))
def test_a_sentence_that_says_nothing_changes_nothing(case: tuple[str, str, Kind], sentence: str) -> None:
    name, text, kind = case
    assert classify(Told(name, text=f"{text} {sentence}")).kind is kind
    assert classify(Told(name, text=f"{text} {sentence}")).on_topic


@given(st.sampled_from(["meetings", "Meeting's", "MEETING", "meeting’s"]))
def test_case_plural_and_possessive_do_not_matter(word: str) -> None:
    assert stem(word) == "meeting"


@given(st.text(max_size=300))
def test_any_text_can_be_heard(text: str) -> None:
    phrases = Phrases([("food|meal bank", ("need.food", 3)), ("not", ("mark.denies", 1))])
    assert all(0 <= one.weight <= 1 for one in phrases.hear(text))


def test_an_office_that_finds_a_bed_for_others_is_not_said_to_have_one() -> None:
    beds = (Term("211hsis", "RX-1700"), Term("211hsis", "RX-8450.3300"))
    sends = "Assesses people for substance use treatment and refers them to detox and residential programs."
    assert classify(Told("Central Intake Unit", beds, (), sends)).kind is Kind.OUTPATIENT
    has = "Medical detoxification in 12 beds. The intake office is open at all hours."
    assert classify(Told("Harbor Light", beds, (), has)).kind is Kind.RESIDENTIAL


def test_who_trains_others_and_treats_too_is_listed() -> None:
    both = "Trains counselors. Offers outpatient treatment for adults with opioid use disorder."
    assert classify(Told("Cedar Recovery", text=both)).kind is Kind.OUTPATIENT


def test_whose_program_it_is_says_little_of_what_the_program_is() -> None:
    owner = "Center for Child Care"
    found = classify(Told(f"{owner} - Family Literacy Program", text="English classes for adults.", organization=owner))
    assert found.facets["need"] == ("education",)


CLINIC = "Outpatient substance use treatment with individual counseling."


@pytest.mark.parametrize(
    ("asked", "ages"),
    [
        ("Adults 18 or older", ("adult", "young_adult")),
        ("Women only, ages 21 and older", ("adult",)),
        ("Must be over the age of 18", ("adult", "young_adult")),
        ("Women, who may bring 1 or 2 children ages 0-5", ()),
        ("Ages 18 to 24", ("young_adult",)),
        ("Men and women, ages 18-65", ("adult", "young_adult")),
        ("For youth ages 12 to 17", ("teen",)),
        ("Able to work 20 hours or more", ()),
    ],
)
def test_who_may_come_by_age_is_told_where_it_is_said(asked: str, ages: tuple[str, ...]) -> None:
    assert classify(Told("Cedar Recovery", text=CLINIC, asked=asked)).facets.get("age", ()) == ages


@pytest.mark.parametrize(
    ("told", "paid"),
    [
        (Told("Cedar Recovery", text=f"{CLINIC} Accepts Medicaid and Medicare."), {"medicaid", "medicare"}),
        (Told("Cedar Recovery", text=CLINIC, asked="For people on Medicaid"), {"medicaid"}),
        (Told("Medicare Savings", text="Helps with benefits.", asked="People receiving Medicare"), set()),
        (Told("Change Center", text="Food stamps and benefits.", categories=("Insurance-Medicaid",)), set()),
        (Told("Screening", text="Health screening for women who are ineligible for Medicare."), set()),
        (Told("Clinic", text="Health care for all, regardless of their ability to pay."), set()),
    ],
)
def test_insurance_is_taken_where_it_says_so_and_not_where_it_is_the_subject(told: Told, paid: set[str]) -> None:
    assert set(classify(told).facets.get("payment", ())) == paid
