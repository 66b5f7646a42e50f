"""Measuring search against the best known engines: `make bench`. No part of `make test`."""
