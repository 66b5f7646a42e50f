"""A free port for a server that is started as a process of its own."""

import random
import socket

BELOW_OUTGOING = range(20_000, 32_000)  # the kernel gives connections that go out ports from 32,768 on


def free_port() -> int:
    """One nobody listens at; nor does a connection of another test take it before the server does."""
    for port in random.sample(BELOW_OUTGOING, 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("a hundred ports are taken")
