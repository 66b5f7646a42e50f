"""The names and keys of all listings, public and retired, as one text in memory: any part of a word is found in a few
milliseconds, where the database would look through every row. Learned anew from the change log, like the index.

About 50 bytes a listing, and only in a process where an admin has searched.
"""

import asyncio
from array import array
from bisect import bisect_right
from collections.abc import Iterable

from directory.models import Change, Listing

STEP = 5000  # listings read at once
MANY = 500  # changed listings beyond which all are read again
Row = tuple[int, str, str]


class Names:
    def __init__(self) -> None:
        self._seen = -1  # the newest change that is in the text
        self._ids = array("q")
        self._starts = array("q", [0])  # where each listing's line begins, and where the text ends
        self._text = ""
        self._learning = asyncio.Lock()

    async def having(self, words: str, most: int) -> list[int] | None:
        """Ids in order of the listings whose name or key holds these words, small or large; None for over `most`."""
        async with self._learning:
            await self._learn()
        return await asyncio.to_thread(self._find, words.casefold(), most)

    def _find(self, words: str, most: int) -> list[int] | None:
        text, starts, ids = self._text, self._starts, self._ids
        found: list[int] = []
        at = text.find(words)
        while at >= 0:
            row = bisect_right(starts, at) - 1
            found.append(ids[row])
            if len(found) > most:
                return None
            at = text.find(words, starts[row + 1])
        return found

    async def _learn(self) -> None:
        # What changes a name is written by one writer after the other, so the numbers of these changes come in order.
        # Checks are written beside an import, and may show up later than a higher number; they change no name.
        telling = Change.exclude(what="checked")
        newest = await telling.order_by("-id").limit(1).values_list("id", flat=True)
        seen = int(str(newest[0])) if newest else 0
        if seen == self._seen:
            return
        since = telling.filter(id__gt=self._seen, id__lte=seen).distinct().limit(MANY + 1)
        changed = [int(str(one)) for one in await since.values_list("listing_id", flat=True)] if self._seen >= 0 else []
        if self._seen < 0 or len(changed) > MANY:
            await self._read_all()
        else:
            self._mend(await _rows(Listing.filter(id__in=changed)))
        self._seen = seen

    async def _read_all(self) -> None:
        lines: dict[int, str] = {}
        last = 0
        while rows := await _rows(Listing.filter(id__gt=last).order_by("id").limit(STEP)):
            lines.update(_lines(rows))
            last = rows[-1][0]
        self._set(lines)

    def _mend(self, rows: Iterable[Row]) -> None:
        lines = dict(zip(self._ids, self._text.split("\n"), strict=False))  # the text ends with an empty line
        self._set({**lines, **_lines(rows)})

    def _set(self, lines: dict[int, str]) -> None:
        """A new text and new arrays: a search that is under way goes on in the old ones."""
        ids = array("q", sorted(lines))
        starts = array("q", [0])
        for number in ids:
            starts.append(starts[-1] + len(lines[number]) + 1)
        self._ids, self._starts, self._text = ids, starts, "".join(f"{lines[number]}\n" for number in ids)


async def _rows(listings: object) -> list[Row]:
    found = await listings.values_list("id", "name", "key")  # type: ignore[attr-defined]
    return [(int(number), str(name), str(key)) for number, name, key in found]


def _lines(rows: Iterable[Row]) -> dict[int, str]:
    return {number: f"{name}\t{key}".replace("\n", " ").casefold() for number, name, key in rows}
