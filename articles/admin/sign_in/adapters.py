"""What allauth asks the site: nobody signs up, and secrets of second factors lie encrypted in the database."""

import base64
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.answers.limits import counted_address

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return counted_address(request)


class Factors(DefaultMFAAdapter):
    """A copy of the database opens no account: what makes codes is encrypted with the secret key.

    After a change of `SECRET_KEY` those of `SECRET_KEY_FALLBACKS` still open what they closed.
    """

    def encrypt(self, text: str) -> str:
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _locks().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def _get_site_name(self) -> str:
        # In the window of a telephone, among many others.
        return _("Editors' desk") + " " + super()._get_site_name()


def _locks() -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet  # megabytes that a process without the desk does not need

    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [base64.urlsafe_b64encode(sha256(f"second factor {secret}".encode()).digest()) for secret in secrets]
    return MultiFernet([Fernet(key) for key in keys])
