"""Feeds are fetched from allowed hosts on the open internet only, at the very address that was judged."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from directory import fetching
from directory.fetching import NotFetched, Outside, allowed, download, due, fetch, public
from directory.models import Batch, Publisher
from directory.runtime import Runtime, opened
from directory.settings import Settings
from tests.feeds import meetings

HOSTS = "feeds.example.org, http://old.example.org, odd.example.org:8443"
OPEN = "93.184.216.34"
URL = "https://feeds.example.org/meetings.json"


def outside(answer: Callable[[httpx.Request], httpx.Response], *addresses: str) -> Outside:
    async def resolve(host: str, port: int) -> list[str]:
        return list(addresses or (OPEN,))

    return Outside(resolve, lambda: httpx.MockTransport(answer))


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        (URL, True),
        ("https://FEEDS.example.org./x", True),
        ("http://old.example.org/x", True),
        ("https://odd.example.org:8443/x", True),
        ("https://odd.example.org/x", False),
        ("http://feeds.example.org/x", False),
        ("https://old.example.org/x", False),
        ("https://feeds.example.org:22/x", False),
        ("https://feeds.example.org@evil.example/x", False),
        ("https://evil.example/feeds.example.org", False),
        ("https://feeds.example.org.evil.example/x", False),
        ("https://feeds.example.org\\@evil.example/", False),
        ("https://feeds.example.org:x/", False),
        ("file:///etc/passwd", False),
        ("ftp://feeds.example.org/x", False),
        ("", False),
    ],
)
def test_only_listed_hosts_by_https_unless_listed_with_http(url: str, fits: bool) -> None:
    assert allowed(url, HOSTS) is fits
    assert not allowed(url, "")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "64:ff9b::a00:1", "2002:7f00:1::", "::127.0.0.1", "ff02::1", "240.0.0.1", "not an address"],
)  # fmt: skip
def test_addresses_inside_a_network_are_refused(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", [OPEN, "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_open_internet_are_not(address: str) -> None:
    assert public(address)


async def test_the_connection_goes_to_the_judged_address_under_the_asked_name(tmp_path: Path) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, headers={"etag": '"1"'}, content=b"[]")

    got = await download(URL, HOSTS, tmp_path, 100, {}, outside(answer))
    assert got == {"etag": '"1"', "file": "meetings.json"}
    assert (seen[0].url.host, seen[0].headers["host"]) == (OPEN, "feeds.example.org")
    assert seen[0].extensions["sni_hostname"] == "feeds.example.org"


async def test_one_inner_address_among_several_is_enough_to_refuse(tmp_path: Path) -> None:
    with pytest.raises(NotFetched, match="inside a network"):
        await download(URL, HOSTS, tmp_path, 100, {}, outside(lambda _: httpx.Response(200), OPEN, "127.0.0.1"))


@pytest.mark.parametrize("target", ["https://evil.example/x", "http://feeds.example.org/x", "https://127.0.0.1/"])
async def test_a_redirect_is_judged_anew(tmp_path: Path, target: str) -> None:
    with pytest.raises(NotFetched, match="not allowed"):
        await download(
            URL, HOSTS, tmp_path, 100, {}, outside(lambda _: httpx.Response(302, headers={"location": target}))
        )


async def test_endless_redirects_large_feeds_and_broken_servers_are_said(tmp_path: Path) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no")

    cases = {
        "sent on more than": lambda _: httpx.Response(302, headers={"location": "/again"}),
        "larger than": lambda _: httpx.Response(200, content=b"x" * 101),
        "answered 500": lambda _: httpx.Response(500),
        "could not be fetched": broken,
    }
    for number, (says, answer) in enumerate(cases.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(NotFetched, match=says):
            await download(URL, HOSTS, folder, 100, {}, outside(answer))


@pytest.fixture
async def rt(tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), feed_hosts=HOSTS), shared=True) as runtime:
        yield runtime


async def publisher(**changes: object) -> Publisher:
    facts = {"name": "Invented", "source": "meeting-guide", "feed_url": URL, "schedule": "daily"}
    return await Publisher.create(**{**facts, **changes})


async def test_a_fetched_feed_waits_and_is_not_read_again_while_it_is_the_same(rt: Runtime) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("if-none-match", ""))
        if asked[-1] == '"1"':
            return httpx.Response(304)
        return httpx.Response(200, headers={"etag": '"1"'}, content=json.dumps(meetings(5)))

    row = await publisher()
    assert await fetch(rt, row, outside(answer)) == "batch 1 waits for a person"
    row = await Publisher.get(id=row.id)
    assert await fetch(rt, row, outside(answer)) == "nothing changed"
    assert asked == ["", '"1"']
    assert await Batch.all().count() == 1
    assert list((rt.settings.home_path / "incoming").iterdir()) == []


async def test_a_trusted_feed_goes_public_unless_a_check_holds_it(rt: Runtime) -> None:
    row = await publisher(hands_off=True)
    feeds = iter([meetings(30), meetings(5)])
    answers = outside(lambda _: httpx.Response(200, content=json.dumps(next(feeds))))
    assert await fetch(rt, row, answers) == "batch 1 is public"
    assert "shrank from 30 to 5" in await fetch(rt, row, answers)
    assert (await Publisher.get(id=row.id)).fetched["told"].startswith("batch 2 waits")  # type: ignore[index]


async def test_what_goes_wrong_stands_on_the_publisher(rt: Runtime) -> None:
    row = await publisher(feed_url="https://evil.example/x")
    assert "AFTERCARE_FEED_HOSTS" in await fetch(rt, row, outside(lambda _: httpx.Response(200)))
    stored = await Publisher.get(id=row.id)
    assert stored.fetched_at is not None
    junk = await publisher(name="Junk")
    assert await fetch(rt, junk, outside(lambda _: httpx.Response(200, content=b"\x00\x01")))
    assert await Batch.all().count() == 0


async def test_what_is_due_follows_the_schedule(rt: Runtime) -> None:
    now = datetime(2026, 5, 5, tzinfo=UTC)
    for name, schedule, hours in (("a", "daily", 24), ("b", "daily", 2), ("c", "weekly", 24), ("d", "off", 999)):
        await publisher(name=name, schedule=schedule, fetched_at=now - timedelta(hours=hours))
    await publisher(name="e")
    await publisher(name="f", feed_url="")
    assert {one.name for one in await due(now)} == {"a", "e"}
    assert set(fetching.PERIODS) < set(fetching.SCHEDULES)
