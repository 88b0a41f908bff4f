# The commands of this project; CONTRIBUTING.md says when to use which.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
PY := .venv/bin/python
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml

.PHONY: demo run test test-slow check format bench openapi golden client migration lock debian

demo: .venv/ready client
	$(PY) -m app.cli demo

run: .venv/ready client
	$(PY) -m app.cli demo --serve

test: .venv/ready debian
	$(PY) -m pytest -q -n 2 -m "not slow"

test-slow: .venv/ready debian
	$(PY) -m pytest -q -n 2 -m slow

check: .venv/ready
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) -m pytest -q tests/house

format: .venv/ready
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: .venv/ready
	$(PY) -m benchmarks.jobs_beside
	$(PY) -m benchmarks.import_sessions
	$(PY) -m benchmarks.find_mentors
	$(PY) -m benchmarks.agreement
	$(PY) -m benchmarks.irt

# The published contract and the table of who may call what; read the difference before you commit it.
openapi: .venv/ready
	$(PY) -m tests.support.contract

golden: .venv/ready
	$(PY) -m tests.support.golden

# The Python client, generated from the published contract.
client: .venv/ready
	rm -rf .build/clients && mkdir -p .build/clients
	.venv/bin/openapi-python-client generate --path openapi/openapi.json --config openapi/client.yaml \
		--meta none --output-path .build/clients/mentorcert_client

migration: .venv/ready
	$(PY) -m tests.support.migration "$(m)"

lock: .venv/ready
	$(LOCK) -o requirements.txt
	$(LOCK) --extra dev -o requirements-dev.txt

# What the tests need beyond Python: installed where that is allowed, else the one command is printed.
debian:
	@missing="$$({ dpkg-query -W -f '$${Package} $${Status}\n' $$(cat .ci/apt.txt) 2>/dev/null || true; } \
		| awk '/ok installed/ {print $$1}' | sort | comm -13 - <(sort .ci/apt.txt) | xargs)"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing; \
	else echo "Please run once: sudo apt-get install -y $$missing"; exit 1; fi

# From the hashed lock only; the project itself comes last, with the build backend that the lock pins.
.venv/ready: requirements-dev.txt pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check uv
	.venv/bin/uv pip sync --quiet --compile-bytecode --python $(PY) --require-hashes requirements-dev.txt
	.venv/bin/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	touch $@
