"""An address that is nobody's to know is shown to nobody, wherever the record says so."""

import pytest

from directory.listing import Place
from importers.hiding import held_back, is_refuge, says_hidden

HOUSE = Place(
    "Harbor House", "12 Hill St", "Ely", "OH", "43215-1234", directions="Blue door", latitude=40, longitude=-83
)


@pytest.mark.parametrize(
    "said",
    ["Location is confidential.", "Undisclosed location", "Address withheld", "Call for the address",
     "The exact location of the 15 bed shelter is kept confidential to protect the residents.",
     "Location is confidential, so no drop-ins", "Shelter location is confidential.",
     "Offers a confidential emergency shelter", "The address will be provided during intake.",
     "Addresses are not disclosed", "A secret safe house", "Confidential"],
)  # fmt: skip
def test_only_the_town_of_a_hidden_place_is_told(said: str) -> None:
    assert held_back(HOUSE, "Meals and beds.", said) == Place(
        city="Ely", state="OH", postal_code="43215", confidential=True
    )


@pytest.mark.parametrize(
    "said",
    ["All services are confidential.", "Free and confidential counseling", "Confidential HIV testing", "",
     "Confidential protective shelter in a hospital for newborns",
     "Information is kept confidential at this site", "Call for more information about the site"],
)  # fmt: skip
def test_confidential_care_hides_no_door(said: str) -> None:
    assert not says_hidden(said)
    assert held_back(HOUSE, said) == HOUSE


def test_no_place_stays_no_place() -> None:
    assert held_back(None, "Location is confidential") is None


@pytest.mark.parametrize(
    ("name", "about"),
    [("Domestic Violence Shelter", ""), ("Shelter for Battered Women", "Beds."),
     ("Safe House", "Offers a safe house for victims of human trafficking."),
     ("Hill Women's Shelter", "Provides an emergency shelter for victims of domestic violence and their children."),
     ("Dove Transitional Housing", "Manages 4 units of transitional housing for victims of domestic violence."),
     ("Harbor", "Operates a domestic violence shelter with 12 beds.")],
)  # fmt: skip
def test_the_door_of_a_refuge_is_shown_to_nobody_though_its_list_prints_it(name: str, about: str) -> None:
    assert held_back(HOUSE, about, name=name) == Place(city="Ely", state="OH", postal_code="43215", confidential=True)


@pytest.mark.parametrize(
    ("name", "about"),
    [("Women's Shelter", "Provides emergency shelter to homeless families and victims of domestic violence."),
     ("Legal Aid", "Lawyers for survivors of domestic violence. Refers to shelters."),
     ("Animal Shelter", "Cats and dogs."), ("Domestic Violence Counseling", "Groups for survivors."),
     ("Night Shelter", "")],
)  # fmt: skip
def test_other_doors_stay_known(name: str, about: str) -> None:
    assert not is_refuge(name, about)
    assert held_back(HOUSE, about, name=name) == HOUSE
