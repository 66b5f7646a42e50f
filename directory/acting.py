"""Who is acting, for the change log: set where a request or a command comes in, read where something is written."""

from contextvars import ContextVar

acting: ContextVar[str] = ContextVar("acting", default="")  # an account's name, "command line", "program link" …
