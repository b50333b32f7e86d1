PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
BIN := .venv/bin
INSTALL := @$(PYTHON) config/supervisor/install.py
.PHONY: install run test fast lint fix types bench e2e lock

install: ## what `make run` needs, into .venv
	$(INSTALL) requirements.lock

run: install ## the whole city, until Ctrl-C
	@exec $(BIN)/python manage.py up

develop:
	$(INSTALL) requirements-dev.lock

test: develop ## everything but browsers and the MQTT broker
	@echo "Skipped here: tests marked mqtt (they need a broker) and e2e (make e2e); .ci/run runs both."
	@$(BIN)/python -m pytest -q -n 2 -m "not mqtt and not e2e"

fast: develop ## under a minute: what is neither slow nor about the database engine
	@$(BIN)/python -m pytest -q -n 2 -m "not slow and not postgres and not mqtt and not e2e"

lint: develop
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

fix: develop ## lines, texts and the API document as the code wants them
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .
	@$(BIN)/python manage.py update_texts && $(BIN)/python manage.py spectacular --validate --file docs/openapi.yaml

types: develop
	@$(BIN)/mypy

bench: develop
	@$(BIN)/python -m bench

e2e: develop
	@$(BIN)/python -m pytest -q -m e2e tests/e2e

lock: develop ## anew from pyproject.toml, at the versions already locked where they still fit
	@$(BIN)/python config/locks.py
