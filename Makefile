# make demo: see it work.  make test: what must pass.  make setup: only install.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB ?= archive.db
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV_COMPILE = uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--python-version 3.11

.PHONY: demo test setup test-setup notebook browser crawl serve lint types check docs catalogue constraints audit clean

demo: setup
	$(BIN)/dateline demo --db $(DB)

setup: $(VENV)/installed

test-setup: $(VENV)/installed-for-tests

crawl: setup
	$(BIN)/dateline crawl --all --db $(DB)

serve: setup
	$(BIN)/dateline serve --db $(DB)

# Runs docs/notebook.ipynb on DB, the demo archive if there is none; the copy with results is build/notebook.ipynb.
notebook: $(VENV)/installed-for-notebook
	test -e $(DB) || $(BIN)/dateline demo --no-serve --db $(DB)
	mkdir -p build
	DATELINE_DB=$(abspath $(DB)) $(BIN)/jupyter execute docs/notebook.ipynb --output=$(abspath build/notebook)

test: test-setup browser lint types check docs

lint: test-setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: test-setup
	$(BIN)/mypy

check: test-setup
	$(BIN)/pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder

docs: test-setup
	$(BIN)/python docs/generate.py --check
	$(BIN)/python docs/catalogue.py --check

# Writes the catalogue of sentences anew, for translators.
catalogue: test-setup
	$(BIN)/python docs/catalogue.py

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

$(VENV)/installed-for-notebook: $(VENV)/installed constraints-notebook.txt
	$(PIP_INSTALL) --require-hashes --no-deps -r constraints-notebook.txt
	touch $@

# Pins the newest versions that pyproject.toml admits, with digests for every platform; needs uv.
constraints:
	$(UV_COMPILE) --upgrade pyproject.toml -o constraints.txt
	$(UV_COMPILE) --upgrade --group test -c constraints.txt -o constraints-test.txt
	$(UV_COMPILE) --upgrade --group notebook -c constraints.txt -c constraints-test.txt -o constraints-notebook.txt

# Asks a public database for known weaknesses of what is pinned; needs pip-audit and the internet.
audit:
	pip-audit --strict --disable-pip --require-hashes -r constraints.txt
	pip-audit --strict --disable-pip --require-hashes -r constraints-test.txt
	pip-audit --strict --disable-pip --require-hashes -r constraints-notebook.txt

# Browser tests need Chromium; where apt cannot give it they skip and say so.
browser:
	.ci/install-browser

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
