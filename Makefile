# Thin aliases: each is one command that may as well be typed.
BIN = .venv/bin
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate

.PHONY: serve test lint format types layers lock ci messages

serve:
	$(BIN)/calendar-app serve

test:
	$(BIN)/pytest

lint:
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format:
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports --no-logo

# Keeps the versions already locked where they still fit; `make lock UP=--upgrade` takes newer ones.
lock:
	$(COMPILE) $(UP) --output-file requirements.txt
	$(COMPILE) $(UP) --extra dev --constraints requirements.txt --output-file requirements-dev.txt

ci:
	bash .ci/run

# The texts to translate, for a translator's program.
messages:
	$(BIN)/pybabel extract --quiet --mapping babel.cfg --keywords N_ --project "UN Forum Calendar" --output messages.pot .
