"""`python -m tests.bench.making 10000`: so many published articles in the database of the settings."""

import os
import sys
import time

import django


def main(number: int) -> None:
    """Migrate the database and fill it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.dev")
    django.setup()
    from django.core.management import call_command

    from tests.bench.making.corpus import make_corpus

    call_command("migrate", verbosity=0)
    start = time.perf_counter()

    def tell(made: int) -> None:
        if made % 5000 < 500 or made == number:
            print(f"{made} of {number} texts, {time.perf_counter() - start:.0f} s", flush=True)

    make_corpus(number, tell=tell)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
