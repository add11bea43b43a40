# make demo: see it work.  make test: what must pass.  make setup: only install.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB ?= archive.db

.PHONY: demo test setup test-setup browser crawl serve lint types check docs clean

demo: setup
	$(BIN)/dateline demo --db $(DB)

setup: $(VENV)/installed

test-setup: $(VENV)/installed-for-tests

crawl: setup
	$(BIN)/dateline crawl --all --db $(DB)

serve: setup
	$(BIN)/dateline serve --db $(DB)

test: test-setup browser lint types check docs

lint: test-setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: test-setup
	$(BIN)/mypy

check: test-setup
	$(BIN)/pytest

docs: test-setup
	$(BIN)/python docs/generate.py --check

$(BIN)/python:
	.ci/make-venv $(PYTHON) $(VENV)

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/installed-for-tests: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@

# Browser tests need Chromium and its driver; where apt cannot give them they skip and say so.
browser:
	.ci/install-browser

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
