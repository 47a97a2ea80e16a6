.DEFAULT_GOAL := help
PYTHON ?= python3

help: ## what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

.venv/.dev: requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -q --no-deps --require-hashes -r requirements/dev.lock
	.venv/bin/pip install -q --no-deps --no-build-isolation -e .
	touch $@

test: .venv/.dev ## lint, types and tests
	.venv/bin/ruff check .
	.venv/bin/mypy
	OPENBLAS_NUM_THREADS=1 NUMEXPR_MAX_THREADS=1 .venv/bin/python -m pytest -q -n 2

lock: .venv/.dev ## the hashed locks, from requirements/*.in
	for kind in run dev; do .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --overrides requirements/overrides.txt requirements/$$kind.in -o requirements/$$kind.lock; done

docs: .venv/.dev ## the generated parts of docs/
	.venv/bin/python -m tools.law_docs

.PHONY: help test lock docs
