# make run      from a fresh clone to a furnished house at http://localhost:8000 (PORT=... for another)
# make test     everything, on SQLite and on PostgreSQL        make test ARGS="-k agreement"
# make test-long   what takes longer than a minute: the clock at many moments, far more of what is tried at random
# make check    looks, changes nothing                         make fix     mends what it can
# make bench    how fast, against a floor measured in the same run
# make test-newest   the tests on the newest versions of everything, and how they differ from the lock
# make audit    known weaknesses of what is installed          make sbom    the parts of a release, as CycloneDX

PYTHON ?= python3
PORT ?= 8000
ALONGSIDE_DEMO ?= 1
ARGS ?=
BIN = .venv/bin

.PHONY: run prepare prepare-dev test test-long test-newest check fix bench lock audit sbom docs

run: prepare
	@ALONGSIDE_DEMO=$(ALONGSIDE_DEMO) exec $(BIN)/python -m alongside.config.command serve --port $(PORT)

prepare:
	@$(PYTHON) tools/prepare.py run

prepare-dev:
	@$(PYTHON) tools/prepare.py dev

test: prepare-dev
	@$(BIN)/python tools/test.py $(ARGS)

test-long: prepare-dev
	@$(BIN)/python tools/long.py $(ARGS)

test-newest: prepare-dev
	@$(BIN)/python tools/newest.py $(ARGS)

check: prepare-dev
	@$(BIN)/python tools/check.py

fix: prepare-dev
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python tools/templates.py
	@$(BIN)/python manage.py generate_docs

bench: prepare-dev
	@$(BIN)/python -m bench $(ARGS)

# Writes the exact versions and hashes of everything that is installed. Needs uv.
lock:
	@$(PYTHON) tools/lock.py

audit:
	@$(PYTHON) tools/audit.py

sbom:
	@$(PYTHON) tools/sbom.py
