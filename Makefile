# make demo: see it work.  make test: what must pass.  make setup: only install.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB ?= archive.db
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV_COMPILE = uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--python-version 3.11

.PHONY: demo test setup test-setup browser crawl serve lint types check docs constraints audit clean

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

# Exactly the files whose digests constraints.txt names, and nothing else.
$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	$(PIP_INSTALL) --require-hashes --no-deps -r constraints.txt
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-for-tests: $(VENV)/installed constraints-test.txt
	$(PIP_INSTALL) --require-hashes --no-deps -r constraints-test.txt
	touch $@

# Pins the newest versions that pyproject.toml admits, with digests for every platform; needs uv.
constraints:
	$(UV_COMPILE) --upgrade pyproject.toml -o constraints.txt
	$(UV_COMPILE) --upgrade --group test -c constraints.txt -o constraints-test.txt

# Asks a public database for known weaknesses of what is pinned; needs pip-audit and the internet.
audit:
	pip-audit --strict --disable-pip --require-hashes -r constraints.txt
	pip-audit --strict --disable-pip --require-hashes -r constraints-test.txt

# Browser tests need Chromium and its driver; where apt cannot give them they skip and say so.
browser:
	.ci/install-browser

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
