.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/pip install -q --disable-pip-version-check --no-deps

help: ## what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.run ## the site, at http://127.0.0.1:8000
	$(BIN)/guichet serve --demo

test: .venv/.dev lint ## everything that is checked: style, types, rooms, tests (what they need of Debian is installed if apt can)
	@for one in chromium goaccess awstats; do dpkg -s $$one >/dev/null 2>&1 || missing="$$missing $$one"; done; \
	  [ -z "$$missing" ] || ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ] || \
	  { apt-get update -q && apt-get install -q -y --no-install-recommends $$missing; }
	OPENBLAS_NUM_THREADS=1 NUMEXPR_MAX_THREADS=1 $(BIN)/python -m pytest -q -n 2

lint: .venv/.dev ## style, types, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev ## our figures beside stock OpenFisca's, the site's and an account's beside a bare Django page, a payday, the audience's beside AWStats's
	$(BIN)/python -m bench
	$(BIN)/python -m bench.site
	$(BIN)/python -m bench.account
	$(BIN)/python -m bench.payday
	$(BIN)/python -m bench.audience

soak: .venv/.dev ## two hundred kills in the middle of a computation or of a payday
	KILLS=200 $(BIN)/python -m pytest -q tests/operations/test_kill.py

messages: .venv/.dev ## the sentences to be said in English, gathered in src/guichet/locale
	$(BIN)/python -m tools.messages

mutate: .venv/.dev ## do the test households notice a wrong program?
	$(BIN)/python -m tools.mutate

docs: .venv/.dev ## the generated parts of docs/
	$(BIN)/python -m tools.law_docs
	$(BIN)/python -m tools.rooms
	$(BIN)/python -m tools.program_docs
	$(BIN)/python -m tools.audience_docs

lock: .venv/.dev ## the hashed locks, from requirements/*.in
	for kind in run dev; do $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --overrides requirements/overrides.txt requirements/$$kind.in -o requirements/$$kind.lock; done

.venv/.run .venv/.dev: .venv/.%: requirements/%.lock pyproject.toml
	@$(PYTHON) -c 'import sys, venv; sys.exit(sys.version_info < (3, 11) and "Guichet needs Python 3.11 or later.")'
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes -r $<
	$(INSTALL) --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	$(BIN)/python -m guichet.audience.warm
	touch $@

.PHONY: help run test lint bench soak messages mutate docs lock
