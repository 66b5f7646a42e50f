"""Many rows into one table at once, without a model object for each: most of what an import would otherwise spend.
And the transaction they are written in.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from tortoise.models import Model
from tortoise.transactions import in_transaction

_AS_IS = (str, int, float, bool, type(None))  # what both databases take without being told how


async def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of all fields but the id, in the order of `names`; inside the caller's transaction when there is one.

    Nothing fills in a default or measures a text: who calls gives every field, cut to what its column holds.
    """
    db = model._choose_db(True)
    executor = db.executor_class(model=model, db=db)
    query = str(executor._prepare_insert_statement([model._meta.fields_db_projection[name] for name in names]))
    stored = [model._meta.fields_map[name].to_db_value for name in names]
    unsaved: Any = None  # fields that stamp a moment of their own look at the object; there is none
    values = [
        [value if type(value) in _AS_IS else store(value, unsaved) for store, value in zip(stored, row, strict=True)]
        for row in rows
    ]
    if values:
        await db.execute_many(query, values)


@asynccontextmanager
async def writing() -> AsyncIterator[None]:
    """A transaction that is the writer from its first moment.

    One that reads first and writes later is refused by SQLite at once, however long it may wait for a lock, when
    somebody wrote in between; a visitor's report may come at any moment, also in the middle of an import.
    """
    async with in_transaction() as database:
        if database.capabilities.dialect == "sqlite":
            await database.execute_query("DELETE FROM publisher WHERE 0")  # takes the lock, waiting for it, and no row
        yield
