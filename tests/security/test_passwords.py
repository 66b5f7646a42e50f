"""Which passwords are taken, how they are read, and what guessing one costs."""

import asyncio
import unicodedata

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import TooBusy
from directory.security import passwords


def test_a_hash_costs_more_than_owasp_asks_for() -> None:
    cost = extract_parameters(PasswordHasher().hash("any"))
    assert cost.type is Type.ID
    assert cost.memory_cost >= 46 * 1024
    assert cost.time_cost >= 1


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "short"),
        ("elevenchars", "short"),
        ("a" * 12, "common"),
        ("abababababab", "common"),
        ("x" * 129, "long"),
        ("four calm words here", ""),
        ("ñandú y 日本語 también", ""),
        ("Password-Password1", "common"),
        ("LetMeIn!LetMeIn!", "common"),
        ("123456789012", "common"),
        ("098765432109876", ""),
        ("anaruiz-hospital-9", "common"),
        ("my ANA RUIZ secret", "common"),
        ("has a\nnew line in it", "odd"),
        ("has a \x00 in it, too", "odd"),
        ("        x      y z       ", "common"),
    ],
)
def test_what_is_wrong_with_a_new_password(password: str, problem: str) -> None:
    assert passwords.problem(password, "Ana Ruiz") == problem


@given(st.text(max_size=60))
def test_reading_a_password_twice_changes_nothing_and_forms_do_not_matter(text: str) -> None:
    once = passwords.read(text)
    assert passwords.read(once) == once
    assert passwords.read(unicodedata.normalize("NFD", text)) == passwords.read(unicodedata.normalize("NFC", text))


def test_case_and_spaces_at_the_ends_are_part_of_a_password() -> None:
    assert passwords.read(" Four  Words ") == " Four  Words "


async def test_only_the_password_itself_is_right() -> None:
    stored = await passwords.hashed("four calm words here")
    assert await passwords.verified(stored, "four calm words here")
    for wrong in ("", "four calm words her", "Four calm words here", "four calm words here "):
        assert not await passwords.verified(stored, wrong)


@pytest.mark.parametrize("stored", ["", "rubbish", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
async def test_no_password_and_a_damaged_one_are_wrong(stored: str) -> None:
    assert not await passwords.verified(stored, "nobody signs in with this")


async def test_an_account_without_a_password_is_as_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = passwords.hasher

    class Watched:
        def verify(self, stored: str, password: str) -> bool:
            asked.append(extract_parameters(stored))
            return real.verify(stored, password)

        def hash(self, password: str) -> str:
            return real.hash(password)

    stored = await passwords.hashed("four calm words here")
    monkeypatch.setattr(passwords, "hasher", Watched())
    passwords._nobodys.cache_clear()
    await passwords.verified("", "x")
    await passwords.verified(stored, "x")
    assert len(asked) == 2
    assert asked[0] == asked[1]


async def test_who_comes_when_too_many_wait_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "WAITING", 3)
    done = await asyncio.gather(*(passwords.hashed("x") for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(one, TooBusy) for one in done) == 2
    assert await passwords.hashed("x")


async def test_a_hash_of_older_costs_is_to_be_made_anew() -> None:
    assert passwords.outdated(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash("x"))
    assert not passwords.outdated(await passwords.hashed("x"))
