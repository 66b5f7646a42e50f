"""What a process of tests/apart.py has loaded before it is asked for anything: modules and the gazetteer."""

from directory import app, cli, cli_import, review, runtime, tables, worklist
from directory.gazetteer import gazetteer
from directory.search import whoosh_engine
from tests import apart

LOADED = (app, apart, cli, cli_import, gazetteer(), review, runtime, tables, whoosh_engine, worklist)
