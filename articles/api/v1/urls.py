"""Addresses of version 1. The names of views are the operations of the description."""

from django.urls import URLPattern, path, re_path

from articles.api.v1.offers import OFFERS, Offer
from articles.api.v1.views import acknowledgements, changes, history, items, projections, root, schema, usage, webhooks


def of_a_kind(offer: Offer) -> list[URLPattern]:
    """Return the addresses of a kind: the list, one item, its editions."""
    views = {
        "": items.Items,
        "<str:item>/": items.ItemDetail,
        "<str:item>/editions/": history.Editions,
        "<str:item>/editions/<str:number>/": history.EditionRecord,
        "<str:item>/editions/<str:number>/document/": history.EditionDocument,
    }
    return [path(f"{offer.collection}/{rest}", view.as_view(kind=offer.kind)) for rest, view in views.items()]


urlpatterns = [
    path("", root.Start.as_view(), name="api-root"),
    *(address for offer in OFFERS.values() for address in of_a_kind(offer)),
    path("quotes/", projections.Quotes.as_view(), name="api-quotes"),
    path("quotes/<str:item>/", projections.QuoteDetail.as_view(), name="api-quote"),
    path("sources/", projections.Sources.as_view(), name="api-sources"),
    path("sources/<str:item>/", projections.SourceDetail.as_view(), name="api-source"),
    path("changes/", changes.Journal.as_view(), name="api-changes"),
    path("acknowledgements/", acknowledgements.Acknowledgements.as_view(), name="api-acknowledgements"),
    path("usage/", usage.UsageFigures.as_view(), name="api-usage"),
    path("webhooks/", webhooks.Webhooks.as_view(), name="api-webhooks"),
    path("webhooks/<str:webhook>/", webhooks.WebhookDetail.as_view(), name="api-webhook"),
    path("webhooks/<str:webhook>/rotate/", webhooks.WebhookRotate.as_view()),
    path("webhooks/<str:webhook>/pause/", webhooks.WebhookPause.as_view()),
    path("webhooks/<str:webhook>/resume/", webhooks.WebhookResume.as_view()),
    path("webhooks/<str:webhook>/test/", webhooks.WebhookTest.as_view()),
    path("webhooks/<str:webhook>/replay/", webhooks.WebhookReplay.as_view()),
    path("webhooks/<str:webhook>/deliveries/", webhooks.WebhookDeliveries.as_view()),
    path("schema/", schema.Schema.as_view(), name="api-schema"),
    path("problems/<slug:name>/", root.ProblemPage.as_view(), name="api-problem"),
    re_path(r"", root.unknown_address),
]
