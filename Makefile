# Everything a new machine needs, in two commands: `make run` and `make test`.

PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py

# Compiled modules are kept whatever the shell says: without them each start compiles 900 files.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-faults test-browser bench pictures screens lighthouse check lock format clean

# The clock is a child of the server, to which the shell hands on its process id, and ends with it.
run: $(VENV)/.site .env
	@$(MANAGE) set_up
	@echo "Serving on http://127.0.0.1:$(PORT)  (stop with Ctrl-C)"
	@$(MANAGE) publish_due --every 60 --beside $$$$ & \
	exec $(PYTHON) -m gunicorn --config gunicorn.conf.py --bind 127.0.0.1:$(PORT) stemcell_site.wsgi

# On SQLite always; on PostgreSQL too when TEST_DATABASE_URL is set.
test: $(VENV)/.dev
	@TEST_DATABASE_URL= $(PYTHON) -m pytest -n auto
	@if [ -n "$$TEST_DATABASE_URL" ]; then echo "On PostgreSQL:"; $(PYTHON) -m pytest -n auto; fi

# What breaks things, and needs minutes: kill -9, full disks, locks, backups on both engines; ten
# thousand odd questions to the search.
test-faults: $(VENV)/.dev
	@TEST_DATABASE_URL= FUZZ_EXAMPLES=10000 $(PYTHON) -m pytest -m "faults or not browser" tests/faults tests/search/test_fuzz.py
	@TEST_DATABASE_URL= $(PYTHON) -m pytest -m faults tests --ignore=tests/faults --ignore=tests/browser
	@if [ -n "$$TEST_DATABASE_URL" ]; then echo "On PostgreSQL:"; $(PYTHON) -m pytest -m "faults or not browser" tests/faults; fi

# Minutes, and the machine to itself: `make bench BENCH="search --pages 10000"` for one of them.
bench: $(VENV)/.dev
	@$(PYTHON) -m bench $(BENCH)

# The pages in a real Chromium.
test-browser: $(VENV)/.dev
	@TEST_DATABASE_URL= $(PYTHON) -m pytest -m browser -n 2 --dist worksteal tests/browser

# The pictures of the editors' guide, out of stories that are also tests.
pictures: $(VENV)/.dev
	@mkdir -p docs/pictures var/pictures
	@TEST_DATABASE_URL= PICTURES=docs/pictures $(PYTHON) -m pytest -m browser tests/browser/test_story.py tests/browser/test_findings.py
	@TEST_DATABASE_URL= PICTURES=var/pictures $(PYTHON) -m pytest -m browser tests/browser/test_fact_changes.py
	@cp var/pictures/asked.png docs/pictures/what-it-touches.png

# Pictures of every type of page into docs/screens; `make screens ONLY="home map"` for some.
screens: $(VENV)/.dev
	@$(PYTHON) scripts/screens.py $(ONLY)

# Lighthouse's scores into docs/lighthouse.md: needs Node, and the machine to itself.
lighthouse: $(VENV)/.dev
	@$(PYTHON) scripts/lighthouse.py $(ONLY)

check: $(VENV)/.dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/djade --target-version 6.0 --check $$(git ls-files 'templates/*.html')
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PYTHON) scripts/check_deploy.py

format: $(VENV)/.dev
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .
	-$(VENV)/bin/djade --target-version 6.0 $$(git ls-files 'templates/*.html')

lock: $(VENV)/.dev
	$(PYTHON) scripts/lock.py

clean:
	rm -rf $(VENV) var .env

# The marks are made last: a set-up that was interrupted begins again.
$(VENV)/bin/python:
	@sh scripts/make_venv.sh $(VENV)

# Errors are told; what pip remarks on the settings of a machine is not (-qq).
$(VENV)/.site: requirements.txt | $(VENV)/bin/python
	@echo "Installing packages …"
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.site
	@echo "Installing what the tests need …"
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.env:
	@$(PYTHON) scripts/write_env.py $(PORT)
