# The commands of the project; README.md says what each does and needs.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RIGHT_PYTHON = $(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("python3 is %d.%d; this needs 3.11 \
  or newer: make PYTHON=python3.11" % sys.version_info[:2])'
LOCKED := requirements/production.txt requirements/development.txt
WEB_TOOLS := tests/web_tools/node_modules/ready

.DEFAULT_GOAL := run
.PHONY: run test web-tools relevance triage-verify triage-report soak bench check format messages openapi guide pictures lighthouse lock clean

run: $(VENV)/ready
	@PORT=$(PORT) $(BIN)/python -m cramps_site.serve

test: $(VENV)/ready web-tools
	@$(BIN)/python manage.py compilemessages --ignore=.venv --ignore=var --ignore=node_modules --verbosity=0
	@$(BIN)/python -m tests.services $(ARGS)

# Without npm the tests that need these programs are skipped, and say so.
web-tools:
	@! command -v npm >/dev/null || $(MAKE) --no-print-directory $(WEB_TOOLS)

$(WEB_TOOLS): tests/web_tools/package-lock.json
	@echo 'Setting up tests/web_tools…'
	@cd tests/web_tools && npm ci --ignore-scripts --silent
	@touch $@

# The long counts: many rounds of people publishing at once, thousands of generated texts, triage in any order, ten thousand
# requests made from the description of the API, a partner's mirror killed at 50 points, and the desk's server killed 200
# times while somebody types; ten thousand steps over the shelf, during which no process gives out what was withdrawn a
# second ago (about an hour); the shared database hanging and gone five times under load, with a table of how long answers
# took. Seeds are printed; SEED=… asks the same again.
soak: $(VENV)/ready
	@ROUNDS=600 $(BIN)/python -m tests.services -rP --hypothesis-profile=soak \
	  tests/articles/publishing/test_concurrency.py tests/articles/canonical tests/triage/engine \
	  tests/articles/api/v1/test_generated.py tests/journeys/partners/test_killed_client.py \
	  tests/journeys/editorial/test_killed_server.py tests/articles/editions/test_mirroring.py \
	  tests/articles/api/v1/test_anything.py tests/triage/api/test_anything.py tests/triage/protocols/test_releasing.py
	@ROUNDS=50 $(BIN)/python -m tests.services -rP tests/articles/partners/test_restarting.py
	@ROUNDS=10000 TEST_ONLY=postgresql $(BIN)/python -m tests.services -rP tests/journeys/test_warm_in_every_process.py
	@ROUNDS=5 TEST_ONLY=postgresql $(BIN)/python -m tests.services -rP tests/journeys/test_the_database_stops_under_load.py
	@ROUNDS=1000 TEST_ONLY=sqlite $(BIN)/python -m tests.services -rP tests/articles/answers/test_warm_truth.py

# How well search answers the judged queries in tests/examples/search, on each database.
relevance: $(VENV)/ready
	@$(BIN)/python -m tests.services -q -s tests/articles/search/test_relevance.py

# What the bundled triage protocol does for every combination of answers, or another: ARGS="FILE" or ARGS="--slug SLUG".
triage-verify: $(VENV)/ready
	@$(BIN)/python manage.py verify_protocol $(ARGS)

# The team's own vignettes through the bundled protocol; ARGS="FILE --language ru" for others.
triage-report: $(VENV)/ready
	@$(BIN)/python manage.py compilemessages --ignore=.venv --ignore=var --ignore=node_modules --verbosity=0
	@$(BIN)/python manage.py triage_report $(ARGS)

# Ratios within one run, printed and never tested: of everything, or ARGS="warm first"; full sizes with ARGS="--full".
bench: $(VENV)/ready
	@$(BIN)/python -m tests.bench $(ARGS)

# Continuous integration runs every test anyway: make check CHECKED= leaves them out.
CHECKED := tests/repository

check: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet articles/templates cramps_site triage/templates
	$(BIN)/djlint --lint --quiet --profile jinja articles/jinja2 triage/jinja2
	$(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=example.org \
	  SITE_URL=https://example.org CONTACT_EMAIL=editors@example.org OPERATOR_RU=Редакция OPERATOR_EN=Editors \
  DJANGO_SETTINGS_MODULE=cramps_site.settings.production \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python manage.py compilemessages --ignore=.venv --ignore=var --ignore=node_modules --verbosity=0
	$(if $(CHECKED),$(BIN)/python -m pytest $(CHECKED))

format: $(VENV)/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(VENV)/ready
	$(BIN)/python manage.py makemessages --locale=ru --no-location --no-wrap --ignore=.venv --ignore=var --ignore=tests --ignore=node_modules

openapi: $(VENV)/ready
	$(BIN)/python manage.py spectacular --lang en --custom-settings articles.api.v1.description.SETTINGS \
	  --format openapi-json --file docs/api/openapi.json

# A site of its own with the bundled content, on a database that is thrown away.
guide: $(VENV)/ready
	@$(BIN)/python -m tests.guide.make_pictures

# Every kind and state of page, for whoever wants to look at them.
pictures: $(VENV)/ready
	@$(BIN)/python -m tests.pages.make_pictures

lighthouse: $(VENV)/ready web-tools
	@$(BIN)/python -m tests.pages.run_lighthouse

# Pins with hashes for every platform. uv is the only tool that is needed for this and for nothing else.
lock:
	@$(RIGHT_PYTHON)
	@test -x var/lock/bin/uv || { $(PYTHON) -m venv var/lock && var/lock/bin/pip install --quiet uv; }
	var/lock/bin/uv pip compile $(LOCKING) --output-file requirements/production.txt pyproject.toml
	var/lock/bin/uv pip compile $(LOCKING) --output-file requirements/development.txt --group dev pyproject.toml

LOCKING := --quiet --generate-hashes --universal --python-version 3.11 --custom-compile-command 'make lock' $(LOCK_ARGS)

# Made anew when the locked requirements change. `ready` is written last, so a set-up that was broken off starts again.
$(VENV)/ready: $(LOCKED)
	@$(RIGHT_PYTHON)
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo 'Python lacks venv: install the package python3-venv'; exit 1; }
	@echo 'Setting up $(VENV)…'
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/development.txt
	@touch $@

clean:
	rm -rf var .venv
