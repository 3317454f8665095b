# Two commands to begin with: `make run` and `make test`. All of them work in .venv, which they make themselves.
PYTHON ?= python3
BIN := .venv/bin
export JOREN_HOME ?= $(CURDIR)/var
export DAGSTER_HOME := $(JOREN_HOME)/dagster
export DAGSTER_DISABLE_TELEMETRY := 1
export DBT_PROJECT_DIR := $(CURDIR)/dbt_project
export DBT_PROFILES_DIR := $(CURDIR)/dbt_project
export DO_NOT_TRACK := 1
INSTALL := $(BIN)/python -m pip install --quiet --no-deps --require-hashes --disable-pip-version-check
READERS := 1.4.5 2.0.0
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock"

.PHONY: help run test check long bench ui install metrics lock clean

help: ## what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: install ## a day of the demo: the exports of five shops, the daily job, what happened
	$(BIN)/python -m orchestration.demo --spread
	JOREN_CARRIER=outbox $(BIN)/python -m orchestration

test: install check ## every rule and every test (long counts: make long)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: install ## what can be said without running: style, types, imports, SQL
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint dbt_project/models dbt_project/tests --config dbt_project/.sqlfluff --disable-progress-bar --processes 2

long: install ## fifty kills and other long counts
	$(BIN)/python -m pytest -m long -s tests/journey

bench: install ## how long a day takes, how fast files land, how well people are known
	$(BIN)/python benchmarks/day.py
	$(BIN)/python benchmarks/landing.py
	$(BIN)/python benchmarks/identity.py
	PYTHONPATH=tests $(BIN)/python benchmarks/identity_quality.py

ui: install ## Dagster's pages on http://127.0.0.1:3000
	@mkdir -p -m 700 $(DAGSTER_HOME)
	$(BIN)/dagster dev --host 127.0.0.1

install: .venv/installed dbt_project/target/manifest.json ## .venv from the locks, dbt parsed

.venv/installed: requirements.lock orchestration/demo/requirements.lock $(READERS:%=tests/readers/duckdb-%.lock)
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo 'Joren needs Python 3.11, 3.12 or 3.13; say which: make PYTHON=python3.12'; exit 1; }
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.lock
	$(INSTALL) -r orchestration/demo/requirements.lock
	for v in $(READERS); do $(INSTALL) --upgrade --target .venv/readers/$$v -r tests/readers/duckdb-$$v.lock || exit 1; done
	$(BIN)/python -c 'import pathlib, site; pathlib.Path(site.getsitepackages()[0], "joren.pth").write_text("$(CURDIR)\n")'
	touch $@

dbt_project/target/manifest.json: .venv/installed $(shell find dbt_project -name '*.sql' -o -name '*.yml' -o -name '*.csv')
	$(BIN)/dbt --quiet parse
	@touch $@

metrics: install ## write dbt_project/metrics.md anew from the YAML beside each mart
	$(BIN)/python -m orchestration.publish metrics

lock: .venv/installed ## write the locks anew from pyproject.toml
	$(LOCK) pyproject.toml --group dev -o requirements.lock
	$(LOCK) --no-deps orchestration/demo/requirements.in -o orchestration/demo/requirements.lock
	for v in $(READERS); do echo "duckdb==$$v" | $(LOCK) --no-deps - -o tests/readers/duckdb-$$v.lock; done

clean: ## forget everything but the locks: .venv, the demo's state
	rm -rf .venv var dbt_project/target
