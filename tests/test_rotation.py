"""New keys: what was sealed and signed goes on working, and a kill at any instant leaves a home that works."""

import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from tortoise.transactions import in_transaction

from directory import catalog, keyfile, rotation, visitors
from directory.errors import BadSettings
from directory.fresh import links
from directory.fresh.links import LinkOver
from directory.keyfile import Key
from directory.models import Listing, Publisher
from directory.rotation import needed_until, outlook, rotate
from directory.runtime import Runtime, opened
from directory.security import accounts, audit, sealed, totp
from directory.security.audit import Act
from directory.security.checking import unsound
from directory.security.models import Account, AuditEntry
from directory.security.roles import Role
from directory.settings import Settings
from tests.apart import start
from tests.builders import make_draft

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Home:
    """Ada signs in with codes, Ben is setting them up, a program has a link."""

    rt: Runtime
    seed: str
    recovery: list[str]
    asked: str
    link: str

    @property
    def path(self) -> Path:
        return self.rt.settings.home_path

    async def works(self, now: datetime) -> None:
        """Codes, a recovery code and the link, at a moment of their own: a code opens once."""
        ring = sealed.ring(self.path)
        ada, ben = [await accounts.by_name(name) for name in ("Ada", "Ben")]
        assert await totp.passed(ada, pyotp.TOTP(self.seed).at(now), ring, now)
        assert await totp.recovered(ada, self.recovery.pop(), ring, now)
        assert await totp.asked(ben, ring) == self.asked
        assert await links.listing_of(self.rt, self.link, now) == 1
        assert await unsound(self.rt) == []


async def filled(rt: Runtime) -> Home:
    publisher = await Publisher.create(name="Invented", source="meeting-guide")
    draft = make_draft(source_key="a")
    async with in_transaction():
        await catalog.save(rt, publisher, [catalog.Entry("a", draft, draft.fingerprint(), draft.fingerprint())])
    assert (await Listing.get()).id == 1
    ring = sealed.ring(rt.settings.home_path)
    ada, ben = [await accounts.add(name, Role.ADMIN, "tests", NOW) for name in ("Ada", "Ben")]
    seed = await totp.asked(ada, ring)
    ada = await accounts.by_name("Ada")
    recovery = await totp.confirm(ada, pyotp.TOTP(seed).at(NOW), ring, NOW)
    return Home(rt, seed, recovery, await totp.asked(ben, ring), await links.make(rt, 1, NOW))


@pytest.fixture
async def home(database: str, tmp_path: Path) -> AsyncIterator[Home]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as rt:
        yield await filled(rt)


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Home]:
    """SQLite only, for what is the same in both."""
    async with opened(Settings(home=str(tmp_path / "home")), shared=True) as rt:
        yield await filled(rt)


async def renew(home: Home, now: datetime, **options: bool) -> rotation.Outlook:
    async with home.rt.alone():
        return await rotate(home.rt, now, **options)


async def stored() -> list[str]:
    return [one for row in await Account.all().order_by("id") for one in (row.totp, row.totp_asked) if one]


async def test_codes_recovery_codes_and_links_go_on_after_new_keys_and_after_more_of_them(home: Home) -> None:
    first = sealed.ring(home.path)
    before = await stored()
    for number in range(1, 5):
        touched = await renew(home, NOW + number * DAY)
        assert (touched.seeds, touched.links, touched.last_link) == (2, 1, date(2027, 5, 5))
        await home.works(NOW + number * DAY)
        found = keyfile.keys(home.path, sealed.FILE)
        assert {sealed.key_of(one) for one in await stored()} == {found[-1].id}
        assert len(found) == min(number + 1, 3)
        assert found[0].id == next(iter(first.keys))
    assert not set(before) & set(await stored())
    with pytest.raises(BadSettings):
        first.unseal((await stored())[0], "account|totp|1")
    assert await AuditEntry.filter(what=Act.KEYS.value).count() == 4
    assert await audit.first_fault() == ""


async def test_all_links_end_when_that_is_asked_for_and_new_ones_work(small: Home) -> None:
    await renew(small, NOW + DAY, end_links=True)
    with pytest.raises(LinkOver):
        await links.listing_of(small.rt, small.link, NOW + DAY)
    assert len(keyfile.keys(small.path, links.FILE)) == 1
    assert (await outlook(small.rt, NOW + DAY)).links == 0
    small.link = await links.make(small.rt, 1, NOW + DAY)
    await small.works(NOW + DAY)


def test_a_key_of_links_stays_exactly_as_long_as_a_link_it_signed_may() -> None:
    replaced = date(2026, 5, 5)
    found = (Key("old", b"", None), Key("mid", b"", replaced), Key("new", b"", replaced + 10 * DAY))
    last_of_old = replaced + links.GOOD_FOR
    assert needed_until(found, replaced) == ["old", "mid", "new"]
    assert needed_until(found, last_of_old) == ["old", "mid", "new"]
    assert needed_until(found, last_of_old + 2 * DAY) == ["mid", "new"]
    assert needed_until(found, last_of_old + 12 * DAY) == ["new"]


async def test_visitors_of_today_are_strangers_again(small: Home) -> None:
    before = visitors.mark(small.path, "198.51.100.7", NOW)
    assert visitors.mark(small.path, "198.51.100.7", NOW) == before
    await renew(small, NOW)
    assert visitors.mark(small.path, "198.51.100.7", NOW) != before


STEPS = [(keyfile, "add"), (totp, "seal_anew"), (audit, "did"), (keyfile, "keep_only"), (visitors, "renew")]


@pytest.mark.parametrize(("where", "name"), STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_cut_off_before_or_after_any_step_the_home_works_and_the_next_run_finishes(
    small: Home, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, before: bool
) -> None:
    real = getattr(where, name)

    class Cut(BaseException): ...

    def cut(*given: Any, **named: Any) -> Any:
        if not before:
            if where is totp or where is audit:
                return _then(real(*given, **named), Cut())
            real(*given, **named)
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(where, name, cut)
        with pytest.raises(Cut):
            await renew(small, NOW + DAY)
    await small.works(NOW + DAY)
    await renew(small, NOW + 2 * DAY)
    await small.works(NOW + 2 * DAY)
    assert {sealed.key_of(one) for one in await stored()} == {keyfile.keys(small.path, sealed.FILE)[-1].id}


async def _then(work: Any, end: BaseException) -> None:
    await work
    raise end


async def test_killed_while_seeds_are_sealed_anew_the_home_works(tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path / "home"))
    async with opened(settings, shared=True) as rt:
        home = await filled(rt)
        sealed_before = await stored()
    killed = await start(KILLED, AFTERCARE_HOME=str(home.path)).over()
    assert killed.returncode == -signal.SIGKILL
    async with opened(settings, shared=True) as rt:
        home.rt = rt
        assert await stored() == sealed_before
        assert len(keyfile.keys(home.path, sealed.FILE)) == 2
        await home.works(NOW + DAY)


KILLED = """
import asyncio, os, signal
from datetime import UTC, datetime
from directory.rotation import rotate
from directory.runtime import opened
from directory.security import totp
from directory.settings import Settings
real = totp.seal_anew
async def seal_anew(ring):
    await real(ring)
    os.kill(os.getpid(), signal.SIGKILL)
totp.seal_anew = seal_anew
async def main():
    async with opened(Settings.read(os.environ)) as rt:
        async with rt.alone():
            await rotate(rt, datetime(2026, 5, 6, tzinfo=UTC))
asyncio.run(main())
"""


async def test_what_cannot_be_opened_is_said_and_no_key_is_made(small: Home) -> None:
    before = keyfile.keys(small.path, sealed.FILE), keyfile.keys(small.path, links.FILE)
    await Account.filter(name="Ben").update(totp_asked="1|0badcafe|AAAA")
    with pytest.raises(BadSettings, match=r"0badcafe.*put it back"):
        await renew(small, NOW + DAY)
    assert (keyfile.keys(small.path, sealed.FILE), keyfile.keys(small.path, links.FILE)) == before
