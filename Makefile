# Two commands: `make demo` shows the directory, `make test` proves it. Both build what they need first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lock clean bench

demo: $(VENV)/.app
	$(BIN)/aftercare demo

test: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: $(BIN)/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.app requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Exact versions with hashes, from the ranges in pyproject.toml.
lock:
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet pip-tools
	$(VENV)/lock/bin/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe --output-file requirements.lock --extra build pyproject.toml
	$(VENV)/lock/bin/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe --output-file requirements-dev.lock --extra build --extra dev pyproject.toml

clean:
	rm -rf $(VENV) aftercare-data .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Search against the best known engines, on up to a million invented listings: hours. Less: make bench SIZES=10000
SIZES ?= 10000 100000 1000000

bench: $(VENV)/.bench
	PYTHONPATH=$(VENV)/bench-libs $(BIN)/python -m tests.bench.run --sizes $(SIZES) --write docs/benchmarks.md

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/bench-libs tantivy==0.27.0
	touch $@
