"""Feeds fetched by a schedule, from hosts the operator allows and from no address inside a network.

A name is looked up once, every address it has is judged, and the connection goes to the very address that was judged:
a name that answers differently the second time gains nothing. Each redirect is judged anew.
"""

import asyncio
import ipaddress
import logging
import shutil
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from directory.acting import acting
from directory.errors import DirectoryError, NotFound, Unreadable
from directory.intake import hold, open_job, take_in
from directory.models import Publisher
from directory.runtime import Runtime

log = logging.getLogger("aftercare.fetch")

SCHEDULES = {"off": "never", "daily": "every day", "weekly": "every week"}
PERIODS = {"daily": timedelta(hours=23), "weekly": timedelta(days=6, hours=23)}  # a little less: the hour never drifts
REDIRECTS, SECONDS, WHOLE = 5, 30.0, 600.0  # seconds without a byte, and in all
LOOK_EVERY = 300.0  # seconds between two looks at what is due

Resolve = Callable[[str, int], Awaitable[list[str]]]
Transport = Callable[[], httpx.AsyncBaseTransport]


class NotFetched(DirectoryError):
    """A feed that may not or could not be fetched; the sentence says why."""

    status = 422
    advice = "Look at the publisher's page; nothing was changed."


@dataclass(frozen=True, slots=True)
class Outside:
    """How names are looked up and connections made; tests bring their own."""

    resolve: Resolve
    transport: Transport


async def resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


REAL = Outside(resolve, lambda: httpx.AsyncHTTPTransport(retries=0))


def allowed(url: str, hosts: str) -> bool:
    """Whether the operator's list has the host of an address; https, unless the list says `http://host`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.username or parts.password or not parts.hostname or any(c.isspace() or c == "\\" for c in url):
        return False
    listed = {one.strip().lower().rstrip("/") for one in hosts.split(",") if one.strip()}
    named = parts.hostname.lower().rstrip(".")
    if port not in (None, 443 if parts.scheme == "https" else 80):
        named = f"{named}:{port}"
    plain = {one.removeprefix("https://") for one in listed if not one.startswith("http://")}
    return (parts.scheme == "https" and named in plain) or (parts.scheme == "http" and f"http://{named}" in listed)


def public(address: str) -> bool:
    """Whether an address is one of the open internet; also the one that an IPv6 address carries inside it."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in ipaddress.ip_network("64:ff9b::/96") or found in ipaddress.ip_network("::/96"):
            inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if any(one is not None and not public(str(one)) for one in inner):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


async def download(
    url: str, hosts: str, target: Path, most: int, known: Mapping[str, str], outside: Outside = REAL
) -> dict[str, str] | None:
    """The feed into the folder `target`; what to send the next time, and its `file`. None when nothing changed."""
    try:
        async with asyncio.timeout(WHOLE):
            return await _download(url, hosts, target, most, known, outside)
    except TimeoutError:
        raise NotFetched("The feed took more than ten minutes.") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as broken:
        raise NotFetched(f"The feed could not be fetched ({type(broken).__name__}).") from None


async def _download(
    url: str, hosts: str, target: Path, most: int, known: Mapping[str, str], outside: Outside
) -> dict[str, str] | None:
    headers = {"User-Agent": "aftercare-directory", "Accept": "*/*"}
    headers |= {"If-None-Match": known["etag"]} if known.get("etag") else {}
    headers |= {"If-Modified-Since": known["modified"]} if known.get("modified") else {}
    async with httpx.AsyncClient(transport=outside.transport(), timeout=SECONDS, trust_env=False) as client:
        for _ in range(REDIRECTS + 1):
            async with client.stream(**await _aimed(url, hosts, headers, outside)) as answer:
                if answer.status_code == 304:
                    return None
                if answer.has_redirect_location:
                    url = urljoin(url, answer.headers["location"])
                    continue
                if answer.status_code != 200:
                    raise NotFetched(f"{urlsplit(url).hostname} answered {answer.status_code}.")
                file = target / _file_name(url, answer.headers.get("content-type", ""))
                await _keep(answer, file, most)
                told = {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}
                return {name: value[:200] for name, value in told.items() if value} | {"file": file.name}
    raise NotFetched(f"The feed was sent on more than {REDIRECTS} times.")


async def _aimed(url: str, hosts: str, headers: Mapping[str, str], outside: Outside) -> dict[str, Any]:
    """A request to the address that was judged, under the name that was asked for (also in the TLS handshake)."""
    if not allowed(url, hosts):
        raise NotFetched(f"{urlsplit(url).hostname or 'That address'} is not allowed by AFTERCARE_FEED_HOSTS.")
    asked = httpx.URL(url)
    found = await outside.resolve(asked.host, asked.port or (443 if asked.scheme == "https" else 80))
    if not found or not all(map(public, found)):
        raise NotFetched(f"{asked.host} leads to an address inside a network; feeds come from the open internet.")
    return {
        "method": "GET",
        "url": asked.copy_with(host=found[0]),
        "headers": {**headers, "Host": asked.netloc.decode("ascii")},
        "extensions": {"sni_hostname": asked.host},
    }


async def _keep(answer: httpx.Response, file: Path, most: int) -> None:
    size = 0
    with file.open("xb") as out:
        async for chunk in answer.aiter_bytes():
            size += len(chunk)
            if size > most:
                raise NotFetched(f"The feed is larger than {most // 2**20} MB (AFTERCARE_UPLOAD_MB).")
            out.write(chunk)


def _file_name(url: str, kind: str) -> str:
    """A name that tells the format: the address's own, with a suffix from its content type when it has none."""
    last = unquote(urlsplit(url).path).rsplit("/", 1)[-1]
    plain = "".join(c for c in last if c.isalnum() or c in "-_.").strip(".")[-80:] or "feed"
    if "." in plain and plain.rsplit(".", 1)[1].lower() in ("json", "csv", "tsv", "xlsx", "xls", "zip", "txt"):
        return plain
    suffixes = {"json": ".json", "csv": ".csv", "spreadsheet": ".xlsx", "zip": ".zip"}
    return plain + next((suffix for word, suffix in suffixes.items() if word in kind), ".json")


async def fetch(rt: Runtime, publisher: Publisher, outside: Outside = REAL) -> str:
    """Fetch and stage one feed; answers what came of it in a sentence, which its publisher's page shows too."""
    home, settings = rt.settings.home_path, rt.settings
    _, folder = open_job(home)
    alive = hold(folder)
    known = dict(publisher.fetched or {})
    told, kept = "", {name: known[name] for name in ("etag", "modified") if known.get(name)}
    try:
        if not publisher.feed_url:
            raise NotFetched(f"{publisher.name} has no address to fetch from.")
        got = await download(publisher.feed_url, settings.feed_hosts, folder, settings.upload_bytes, kept, outside)
        if got is None:
            told = "nothing changed"
        else:
            told = await _take(rt, publisher, folder / got.pop("file"))
            kept = got
    except (NotFetched, Unreadable) as refused:
        told = str(refused)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        alive.close()
        row = {"fetched_at": datetime.now(UTC), "fetched": {**kept, "told": (told or "it broke off")[:300]}}
        await Publisher.filter(id=publisher.id).update(**row)
    return told


async def _take(rt: Runtime, publisher: Publisher, file: Path) -> str:
    options = {name: getattr(publisher, name) for name in ("fellowship", "timezone", "state")}
    options |= {"publisher": publisher.name, "source": publisher.source}
    batch = await take_in(rt, [file], options, hands_off=publisher.hands_off)
    if batch.status == "applied":
        return f"batch {batch.id} is public"
    return f"batch {batch.id} waits for a person{': ' + ' '.join(batch.broken) if batch.broken else ''}"


async def due(now: datetime) -> list[Publisher]:
    rows = await Publisher.filter(schedule__in=list(PERIODS)).exclude(feed_url="").order_by("fetched_at", "id")
    return [one for one in rows if one.fetched_at is None or one.fetched_at + PERIODS[one.schedule] <= now]


async def named(name: str) -> Publisher:
    found = await Publisher.get_or_none(name=name)
    if found is None:
        raise NotFound(f"There is no publisher {name!r}.")
    return found


async def fetch_when_due(rt: Runtime) -> None:
    """Look every few minutes; of several processes of a home, the one that holds the lock."""
    import fcntl

    acting.set("schedule")
    with (rt.settings.home_path / "fetch.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for publisher in await due(datetime.now(UTC)):
                    await fetch(rt, publisher)
            except BlockingIOError:
                pass
            except Exception as error:  # a feed that breaks our code must not end all fetching
                log.error("fetching: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)
