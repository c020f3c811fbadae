"""A server is measured with the packages of production, not with those of its developers."""

import os
import subprocess
import sys

from tests.bench import installed
from tests.bench.serving import ROOT


def test_what_production_does_not_install_is_hidden_and_what_it_installs_is_not():
    hidden = installed.of_developers()
    assert {"pytest", "requests", "gunicorn"} <= hidden
    assert not hidden & {"django", "rest_framework", "granian", "msgspec", "psycopg", "tests", "articles"}


def test_the_measured_site_loads_nothing_that_only_developers_have():
    loaded = _loaded_by("import tests.bench.served", installed.told())
    assert {"articles", "django", "rest_framework"} <= loaded
    assert not loaded & installed.of_developers()


def test_what_a_server_has_loaded_already_stays():
    assert "pluggy" in _loaded_by("import pluggy, tests.bench.served, pluggy._hooks", installed.told())


def test_a_process_that_was_told_nothing_hides_nothing():
    assert "pygments" in _loaded_by("from tests.bench.installed import as_in_production as a; a(); import pygments", {})


def _loaded_by(program: str, told: dict[str, str]) -> set[str]:
    """The packages that a process of its own has loaded by the end of a program."""
    settings = {"DJANGO_SETTINGS_MODULE": "cramps_site.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print('loaded', *sys.modules)"],
        cwd=ROOT, env={**os.environ, **settings, **told}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    (names,) = [line for line in done.stdout.splitlines() if line.startswith("loaded ")]
    return {name.partition(".")[0] for name in names.split()}
