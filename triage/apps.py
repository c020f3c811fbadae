"""Triage as a Django app: at start-up it puts its kind into the tables of the desk, the press and the shelf."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from articles.editorial.roles import ensure_roles  # models are not loaded when this module is
    from articles.publishing.touching import install_touching

    # Once more than for articles alone: only now do the permissions on triage's own tables exist.
    ensure_roles(using)
    install_touching(using)


class TriageConfig(AppConfig):
    name = "triage"
    verbose_name = _("Triage")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from articles.content import aggregates
        from articles.editions import kinds
        from articles.publishing import desks, holders
        from triage.api import offer
        from triage.engine.document import ProtocolDocument
        from triage.protocols.desk import DESK, OBJECTS
        from triage.protocols.releasing import still_calls
        from triage.protocols.tables import Protocol

        for kind, model, rows in OBJECTS:
            aggregates.register(kind, model, rows)
        kinds.register(
            kinds.Kind(
                ProtocolDocument.kind,
                ProtocolDocument,
                page="/{language}/triage/{slug}/",
                api="/api/v1/triage/protocols/{item}/",
            )
        )
        desks.register(DESK, Protocol)
        holders.register(ProtocolDocument, still_calls)
        offer.register()
        post_migrate.connect(_after_migrate, sender=self)
