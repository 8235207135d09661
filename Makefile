# The commands of the portal. `make run` and `make test` install what is missing themselves.

PORT ?= 8000
PYTHON ?= python3
VENV := var/venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

# A local portal: its own secret key, mail as files, SQLite in var/. Error pages are those of production.
LOCAL_ENV = SECRET_KEY="$$(cat var/secret-key)" PUBLIC_URL="http://127.0.0.1:$(PORT)" \
	ALLOWED_HOSTS="127.0.0.1,localhost,[::1]" EMAIL_URL="file:///$(CURDIR)/var/mail"

# Compiled modules are kept, also where the environment says otherwise: each run would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run dev test fast soak bench lint format lock clean

help:
	@echo "make run     set up, seed with demonstration data and serve on http://127.0.0.1:$(PORT)"
	@echo "make dev     the same with Django's reloading server and its technical error pages"
	@echo "make test    every check: lint, types, migrations, tests on SQLite and PostgreSQL, browser tests"
	@echo "             one by one: lint test-deployment test-sqlite test-postgresql test-browser"
	@echo "make fast    unit tests on SQLite"
	@echo "make soak    the tests that take minutes: every byte of a signature, fifty kills under load, full disks"
	@echo "make bench   benchmarks (figures, not verdicts)"
	@echo "make lint    ruff, djlint, mypy, the arrows of the house        make format   let ruff format the code"
	@echo "make lock    resolve the dependencies of pyproject.toml anew into the two lock files"
	@echo "make test-fresh   make run and make fast in bare Debian 12 and 13 (root and debootstrap; FRESH=trixie for one)"
	@echo "make clean   forget everything local: var/"

# --- set-up ---------------------------------------------------------------------------------------------------

# Where the system's Python is a newer one now, the virtual environment is made anew with all that was in it.
$(shell test -x $(BIN)/python || rm -rf $(VENV) var/.installed var/.test-installed)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "The portal needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

var/.installed: requirements.lock | $(BIN)/python
	@echo "Installing Python packages"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

var/.test-installed: requirements-test.lock | $(BIN)/python
	@echo "Installing Python packages for the tests"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

# The system packages for what is asked; looked for anew each time, which takes a moment.
.PHONY: run-packages fast-packages test-packages
run-packages fast-packages test-packages: %-packages: var/.installed
	@$(BIN)/python -m deploy.packages $*

var/secret-key: | $(BIN)/python
	@umask 077 && $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

# --- running --------------------------------------------------------------------------------------------------

# Compressing the styles takes seconds: done when one of them changed.
var/.static: var/.installed var/secret-key $(shell find static -type f)
	@$(LOCAL_ENV) $(MANAGE) collectstatic --noinput -v 0
	@touch $@

.PHONY: prepared
prepared: run-packages var/.installed var/secret-key var/.static
	@$(LOCAL_ENV) $(MANAGE) migrate -v 0
	@$(LOCAL_ENV) $(MANAGE) seed --demo --force --skip-checks

# `exec`: make passes SIGTERM on to the process that it started, and a shell in between would end alone.
run: prepared
	@echo "Serving on http://127.0.0.1:$(PORT)/, with the worker of the queue beside it   (Ctrl+C stops both)"
	@$(LOCAL_ENV) exec $(BIN)/python -m deploy.serve $(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --no-control-socket sgcszr_portal.wsgi

dev: prepared
	@DEBUG=1 $(LOCAL_ENV) exec $(BIN)/python -m deploy.serve $(MANAGE) runserver $(PORT)

# --- checking -------------------------------------------------------------------------------------------------

.PHONY: test-ready test-deployment test-sqlite test-postgresql test-browser test-fresh
.NOTPARALLEL:  # the checks of `make test` come one after the other, each with both cores

test-ready: test-packages var/.installed var/.test-installed

test: test-ready lint test-deployment test-sqlite test-postgresql test-browser

test-deployment: test-ready
	@echo "== migrations and deployment checks"
	@DJANGO_SETTINGS_MODULE=tests.settings $(MANAGE) makemigrations --check --dry-run
	@env SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" PUBLIC_URL=https://portal.sgcszr.example \
	  ALLOWED_HOSTS=portal.sgcszr.example EMAIL_URL=smtp://localhost:25 DATABASE_URL=postgresql://portal@localhost/portal \
	  $(MANAGE) check --deploy --fail-level WARNING

test-sqlite: test-ready
	@echo "== tests on SQLite"
	@rm -rf var/coverage && mkdir -p var/coverage
	@$(BIN)/coverage run -m pytest -n auto --dist worksteal -m "not browser and not soak"
	@$(BIN)/coverage combine -q && $(BIN)/coverage report

test-postgresql: test-ready
	@echo "== tests on PostgreSQL"
	@pg_virtualenv -t sh -c 'DATABASE_URL="postgresql://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/$$PGDATABASE" $(BIN)/pytest -n auto --dist worksteal -m "not browser and not office and not soak"'

test-browser: test-ready
	@echo "== tests in the browser"
	@$(BIN)/pytest -n 2 --nomigrations -m browser

test-fresh:
	@tests/fresh/roots.sh

fast: fast-packages var/.installed var/.test-installed
	@$(BIN)/pytest -n auto --dist worksteal --nomigrations -m "not browser and not slow and not office and not soak"

soak: test-ready
	@$(BIN)/pytest -n auto -m soak
	@pg_virtualenv -t sh -c 'DATABASE_URL="postgresql://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/$$PGDATABASE" $(BIN)/pytest -n auto -m soak'

bench: test-ready
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.benchmarks.signatures
	@$(BIN)/python -m tests.benchmarks.readers
	@$(BIN)/python -m tests.benchmarks.storing
	@$(BIN)/python -m tests.benchmarks.past

lint: var/.installed var/.test-installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/mypy .
	@$(BIN)/lint-imports --no-logo --cache-dir var/import-linter >var/import-linter.txt || { cat var/import-linter.txt; exit 1; }

format: var/.installed var/.test-installed
	@$(BIN)/ruff check --fix -q .
	@$(BIN)/ruff format -q .

lock: | $(BIN)/python
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile -q pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	@$(BIN)/uv pip compile -q pyproject.toml --extra test -c requirements.lock --universal --generate-hashes --no-emit-index-url --no-header -o requirements-test.lock

clean:
	rm -rf var
