"""One page, one list, one item and a list of items, each in a fixed number of queries."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from rest_framework import serializers, viewsets
from rest_framework.pagination import PageNumberPagination

from tests.bench.plain.models import Article, Person, Quote, Section, Source, Topic


def whole() -> QuerySet[Article]:
    """Return articles with all that is shown of them."""
    return Article.objects.prefetch_related(
        "topics",
        Prefetch("sections", Section.objects.prefetch_related("sources")),
        Prefetch("quotes", Quote.objects.select_related("person", "source")),
    )


def page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show an article."""
    article = get_object_or_404(whole(), language=language, slug=slug)
    numbers: dict[int, int] = {}
    shown = []
    for section in article.sections.all():
        cited = section.sources.all()
        for source in cited:
            numbers.setdefault(source.pk, len(numbers) + 1)
        shown.append((section, [numbers[source.pk] for source in cited]))
    sources = {source.pk: source for section in article.sections.all() for source in section.sources.all()}
    context = {"article": article, "shown": shown, "sources": [sources[key] for key in numbers]}
    return render(request, "plain/article.html", context)


def listed(request: HttpRequest, language: str) -> HttpResponse:
    """Show a page of the list."""
    number = max(1, int(request.GET.get("page", "1")))
    articles = Article.objects.filter(language=language).order_by("-published_at", "id")
    return render(request, "plain/list.html", {"articles": articles[(number - 1) * 50 : number * 50]})


class SourceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Source
        fields = ["id", "title", "publisher", "issued", "url"]


class TopicSerializer(serializers.ModelSerializer):
    class Meta:
        model = Topic
        fields = ["slug", "title"]


class SectionSerializer(serializers.ModelSerializer):
    sources = SourceSerializer(many=True)

    class Meta:
        model = Section
        fields = ["place", "kind", "heading", "html", "sources"]


class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Person
        fields = ["name", "post"]


class QuoteSerializer(serializers.ModelSerializer):
    person = PersonSerializer()
    source = SourceSerializer()

    class Meta:
        model = Quote
        fields = ["text", "person", "source"]


class ArticleSerializer(serializers.ModelSerializer):
    topics = TopicSerializer(many=True)
    sections = SectionSerializer(many=True)
    quotes = QuoteSerializer(many=True)

    class Meta:
        model = Article
        fields = ["id", "language", "slug", "title", "summary", "published_at", "topics", "sections", "quotes"]


class Pages(PageNumberPagination):
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100


class Articles(viewsets.ReadOnlyModelViewSet):
    """The list and the item."""

    serializer_class = ArticleSerializer
    pagination_class = Pages

    def get_queryset(self) -> QuerySet[Article]:
        return whole().order_by("id")
