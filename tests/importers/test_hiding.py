"""An address that is nobody's to know is shown to nobody, wherever the record says so."""

import pytest

from directory.listing import Place
from importers.hiding import held_back, says_hidden

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
