"""Names that look alike are one; the last admin stays; links and codes are used once, also by two at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import NotAllowed, NotFound
from directory.runtime import Runtime
from directory.security import accounts, demo_accounts, invitations, passwords, sealed, sessions, signing_in, totp
from directory.security.accounts import NameRefused, NameTaken, key
from directory.security.checking import unsound
from directory.security.models import Account, Session
from directory.security.roles import Role
from directory.security.sessions import Stage

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)
PASSWORD = "four calm words here"


@given(st.text(max_size=40))
def test_a_folded_name_stays_as_it_is(name: str) -> None:
    assert key(key(name)) == key(name)


@pytest.mark.parametrize("other", ["ANA ruiz", " Ana  Ruiz ", "Ana Ruiz", "Ａｎａ Ruiz", "Ana\u00a0Ruiz"])
async def test_names_that_look_alike_are_one_account(small: Runtime, other: str) -> None:
    await accounts.add("Ana Ruiz", Role.ADMIN, "tests", NOW)
    with pytest.raises(NameTaken):
        await accounts.add(other, Role.ADMIN, "tests", NOW)
    assert (await accounts.by_name(other)).name == "Ana Ruiz"


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\u202eadmin", "a\u200bb", "a\0b", "---"])
async def test_names_nobody_can_read_are_refused(small: Runtime, name: str) -> None:
    with pytest.raises(NameRefused):
        await accounts.add(name, Role.READER, "tests", NOW)


async def test_two_who_add_the_same_name_at_once_make_one_account(rt: Runtime) -> None:
    both = [accounts.add("Ana", Role.READER, "tests", NOW) for _ in range(2)]
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Account", "NameTaken"]


async def test_two_admins_cannot_lock_each_other_out(rt: Runtime) -> None:
    two = [await accounts.add(name, Role.ADMIN, "tests", NOW) for name in ("Ana", "Ben")]
    verbs = [accounts.disable(two[0], "Ben", NOW), accounts.set_role(two[1], Role.READER, "Ana", NOW)]
    done = await asyncio.gather(*verbs, return_exceptions=True)
    assert sum(isinstance(one, NotAllowed) for one in done) == 1
    assert await Account.filter(role="admin", disabled_at__isnull=True).count() == 1


async def test_nobody_is_not_found(small: Runtime) -> None:
    with pytest.raises(NotFound):
        await accounts.by_name("nobody")
    with pytest.raises(NotFound):
        await accounts.by_id(10**30)


async def test_a_link_used_by_two_at_once_sets_one_password(rt: Runtime) -> None:
    account = await accounts.add("Ana", Role.PLANNER, "tests", NOW)
    token = await invitations.invite(account, NOW)
    done = await asyncio.gather(*(invitations.accept(token, f"{PASSWORD} {n}", NOW) for n in range(4)))
    assert sum(done) == 1
    stored = (await accounts.by_name("Ana")).password
    assert await passwords.verified(stored, f"{PASSWORD} {done.index(True)}")


async def test_a_code_typed_in_two_browsers_at_once_opens_one(rt: Runtime) -> None:
    account = await accounts.add("Ana", Role.ADMIN, "tests", NOW)
    keys = sealed.ring(rt.settings.home_path)
    seed = await totp.asked(account, keys)
    account = await accounts.by_name("Ana")
    codes = await totp.confirm(account, pyotp.TOTP(seed).at(NOW), keys, NOW)
    account, later = await accounts.by_name("Ana"), NOW + timedelta(minutes=1)
    code = pyotp.TOTP(seed).at(later)
    assert sum(await asyncio.gather(*(totp.passed(account, code, keys, later) for _ in range(5)))) == 1
    assert sum(await asyncio.gather(*(totp.recovered(account, codes[0], keys, later) for _ in range(5)))) == 1
    assert await totp.left(account) == 9


async def test_a_seed_moved_to_another_account_opens_nothing_and_the_check_says_so(small: Runtime) -> None:
    ana, ben = [await accounts.add(name, Role.ADMIN, "tests", NOW) for name in ("Ana", "Ben")]
    keys = sealed.ring(small.settings.home_path)
    seed = await totp.asked(ana, keys)
    await totp.confirm(await accounts.by_name("Ana"), pyotp.TOTP(seed).at(NOW), keys, NOW)
    assert await unsound(small) == []
    await Account.filter(id=ben.id).update(totp=(await accounts.by_name("Ana")).totp)
    (told,) = await unsound(small)
    assert told.startswith("Ben cannot sign in with codes.")


async def test_a_lost_phone_takes_the_old_password_along(small: Runtime) -> None:
    account = await accounts.add("Ana", Role.ADMIN, "tests", NOW)
    await accounts.set_password(account, PASSWORD, "tests", NOW)
    await Account.filter(id=account.id).update(totp="sealed")
    await accounts.reset(await accounts.by_name("Ana"), "tests", NOW)
    kept = await accounts.by_name("Ana")
    assert (bool(kept.password), kept.totp) == (True, "sealed")  # a link alone never takes the second step away
    await accounts.reset(kept, "tests", NOW, forget_codes=True)
    gone = await accounts.by_name("Ana")
    assert (gone.password, gone.totp) == ("", "")


@pytest.mark.parametrize("verb", ["role", "password", "disable"])
async def test_what_changes_an_account_ends_its_sessions(small: Runtime, verb: str) -> None:
    await accounts.add("Another admin", Role.ADMIN, "tests", NOW)
    account = await accounts.add("Ana", Role.ADMIN, "tests", NOW)
    token = await sessions.start(account, Stage.FULL, "", small.settings, NOW)
    assert await sessions.find(token, small.settings, NOW)
    if verb == "role":
        await accounts.set_role(account, Role.READER, "tests", NOW)
    elif verb == "password":
        await accounts.set_password(account, PASSWORD, "tests", NOW)
    else:
        await accounts.disable(account, "tests", NOW)
    assert await sessions.find(token, small.settings, NOW) is None
    assert await Session.all().count() == 0


async def test_an_account_disabled_behind_our_back_is_let_in_no_more(small: Runtime) -> None:
    account = await accounts.add("Ana", Role.READER, "tests", NOW)
    token = await sessions.start(account, Stage.FULL, "", small.settings, NOW)
    await Account.filter(id=account.id).update(disabled_at=NOW)
    assert await sessions.find(token, small.settings, NOW) is None


async def test_a_password_hashed_at_older_costs_is_hashed_anew_at_sign_in(small: Runtime) -> None:
    account = await accounts.add("Ana", Role.PLANNER, "tests", NOW)
    old = passwords.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    await Account.filter(id=account.id).update(password=old)
    answer = await signing_in.with_password(
        small, "Ana", PASSWORD, address="203.0.113.7", browser="", old=None, now=NOW
    )
    assert answer.stage is Stage.FULL
    fresh = (await accounts.by_name("Ana")).password
    assert fresh != old
    assert await passwords.verified(fresh, PASSWORD)


async def test_demo_accounts_are_made_anew_and_touch_nobody_elses(small: Runtime) -> None:
    mine = await accounts.add("demo admin", Role.READER, "tests", NOW)
    await accounts.set_password(mine, PASSWORD, "tests", NOW)
    first, second = await demo_accounts.make(NOW), await demo_accounts.make(NOW)
    assert set(first) == set(second) == {"demo planner", "demo reader"}
    assert first != second
    for name, password in second.items():
        assert passwords.problem(password, name) == ""
        assert await passwords.verified((await accounts.by_name(name)).password, password)
    assert await passwords.verified((await accounts.by_name("demo admin")).password, PASSWORD)
