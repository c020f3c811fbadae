"""A secret key for a machine where nobody set one."""

import os
import secrets

from cramps_site.settings.environment import VAR


def local_secret() -> str:
    """Return the key kept under var/, made at the first call; two processes that start together get the same one."""
    path = VAR / "secret_key"
    VAR.mkdir(exist_ok=True)
    fresh = VAR / f"secret_key.{os.getpid()}"
    if not path.exists():
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
