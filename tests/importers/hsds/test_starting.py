"""How to start: a door is only called open where nothing beside it says otherwise."""

import pytest

from importers.hsds.starting import by_appointment, drop_in, how, no_drop_in


@pytest.mark.parametrize(
    "said", ["Walk in during meal hours.", "Drop-ins are welcome", "No appointment needed.", "Walk-ins"]
)
def test_people_may_just_come_where_it_says_so(said: str) -> None:
    assert drop_in(said)
    assert not by_appointment(said)


@pytest.mark.parametrize(
    "said",
    [
        "No drop-ins.",
        "We do not accept walk-ins",
        "Walk-ins are not accepted",
        "Call first",
        "Drop-in, but an appointment is required",
    ],
)
def test_nobody_is_told_to_drop_in_where_they_may_not(said: str) -> None:
    assert not drop_in(said)


@pytest.mark.parametrize(
    "said",
    [
        "By appointment only.",
        "Must call for an appointment.",
        "Appointment needed, no drop-ins",
        "You must make an appointment",
    ],
)
def test_an_appointment_is_asked_for_where_it_is_needed(said: str) -> None:
    assert by_appointment(said)


@pytest.mark.parametrize(
    "said", ["Monday-Thursday 10am-6pm or by appointment", "Walk-in and by appointment", "Call for more information."]
)
def test_an_appointment_beside_open_hours_is_not_needed(said: str) -> None:
    assert not by_appointment(said)


def test_both_columns_tell_how_to_start() -> None:
    assert (
        how({"application_process": "Call.", "how_to_apply": ["Bring ID", "No walk-ins"]})
        == "Call. Bring ID; No walk-ins"
    )
    assert no_drop_in(how({"how_to_apply": "No walk-ins"}))
