"""The articles app: rows of immutable tables are guarded in the database after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from articles.content.letter_case import fold_every_alphabet


def _after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from articles.content.word_parts import install_word_parts  # models are not loaded when this module is
    from articles.editions.guards import install_guards
    from articles.editorial.roles import ensure_roles
    from articles.publishing.touching import install_touching

    install_guards(using)
    install_touching(using)
    install_word_parts(using)
    ensure_roles(using)


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import checks  # noqa: F401  registers the system checks

        post_migrate.connect(_after_migrate, sender=self)
        connection_created.connect(fold_every_alphabet)
