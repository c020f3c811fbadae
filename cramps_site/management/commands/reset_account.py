"""`reset_account NAME`: a new password for somebody who lost theirs."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.admin.sign_in.resetting import reset
from articles.editorial import audit
from cramps_site.passwords import random_password


class Command(BaseCommand):
    help = "Give an account a new random password and print it once. Its open sessions end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--second-factors", action="store_true", help="remove the second factors too: for who has lost them"
        )

    def handle(self, *args: Any, name: str, second_factors: bool = False, **options: Any) -> None:
        account = User.objects.filter(username=name).first()
        if account is None:
            known = ", ".join(User.objects.order_by("username").values_list("username", flat=True)) or "none"
            raise CommandError(f"There is no account {name}. Accounts: {known}.")
        password = random_password()
        account.set_password(password)
        account.save(update_fields=["password"])
        audit.record("password-set", by=None, at=timezone.now(), kind="user", about=account.pk)
        if second_factors:
            reset(account, by=None)
        self.stdout.write(f"{name}  {password}")
        if not account.is_active:
            self.stdout.write("The account is switched off; an administrator can switch it on in the admin.")
