# Outcome Graph. `make run` and `make test` set everything up themselves.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
STORE ?= ./outcome-graph-data
JOBS ?= 2
RECORDS ?= 1000
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help setup run test lint format bench clean

help:
	@echo "make run    set up, load the sample records, serve on http://$(HOST):$(PORT)"
	@echo "make test   set up, run all tests"
	@echo "make bench  measure the service beside the peers that are installed (RECORDS=1000)"
	@echo "make setup lint format clean"

setup: $(STAMP)

# The stamp is as new as what it was made from, so a second run has nothing to do.
$(STAMP): pyproject.toml .ci/setup
	@sh .ci/setup "$(PYTHON)"
	@touch $(STAMP)

run: setup
	@$(BIN)/outcome-graph --store $(STORE) init
	@$(BIN)/outcome-graph --store $(STORE) load data/outcomes
	@$(BIN)/outcome-graph --store $(STORE) serve --host $(HOST) --port $(PORT)

test: setup
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup
	@$(BIN)/outcome-graph bench serve --records $(RECORDS)

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis outcome-graph-data
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
