"""A desk of many articles, made in seconds: words of a few sentences, no person and no study."""

from uuid import uuid4

from articles.content.blocks import HeadingBlock, KeyPointsBlock, TextBlock
from articles.content.sources import Source
from articles.content.texts import Article
from articles.content.topics import Topic

_WORDS = {
    "ru": "мышца сокращается сама по себе и не сразу отпускает растяжка помогает почти всегда",
    "en": "a muscle contracts by itself and does not let go at once stretching helps nearly always",
}
_BATCH = 1000


def make_articles(number: int) -> None:
    """Add so many articles in both languages, each with a heading, key points and two texts of which one cites."""
    sources = [
        Source(kind="review", title=f"Bench source {one}", authors=f"Bench{one}, A.", issued="2020", language="en")
        for one in range(20)
    ]
    Source.objects.bulk_create(sources)
    topics = [
        Topic(
            title_ru=f"Тема {one}", title_en=f"Topic {one}", slug_ru=f"bench-tema-{one}", slug_en=f"bench-topic-{one}"
        )
        for one in range(20)
    ]
    Topic.objects.bulk_create(topics)
    for start in range(0, number, _BATCH):
        _batch(range(start, min(start + _BATCH, number)), sources, topics)


def _batch(numbers: range, sources: list[Source], topics: list[Topic]) -> None:
    mark = uuid4().hex[:6]
    articles = [
        Article(
            text_kind="article",
            title_ru=f"Судорога номер {one}",
            title_en=f"Cramp number {one}",
            slug_ru=f"sudoroga-{mark}-{one}",
            slug_en=f"cramp-{mark}-{one}",
            summary_ru=f"Коротко о судороге {one}: {_WORDS['ru']}.",
            summary_en=f"Cramp {one} in short: {_WORDS['en']}.",
        )
        for one in numbers
    ]
    Article.objects.bulk_create(articles)
    linking = Article.topics.through
    linking.objects.bulk_create(
        [linking(text_id=one.pk, topic_id=topics[place % 20].pk) for place, one in enumerate(articles)]
    )
    heading, points, plain, citing = [], [], [], []
    for place, one in enumerate(articles):
        cite = f'<cite data-source="{sources[place % 20].pk}" data-locator=""></cite>'
        at = {"parent_id": one.pk, "region": "main"}
        heading.append(HeadingBlock(**at, ordering=10, text_ru="Что делать", text_en="What to do"))
        points.append(
            KeyPointsBlock(
                **at,
                ordering=20,
                text_ru=f"<ul><li>{_WORDS['ru']}</li></ul>",
                text_en=f"<ul><li>{_WORDS['en']}</li></ul>",
            )
        )
        plain.append(TextBlock(**at, ordering=30, text_ru=f"<p>{_WORDS['ru']}.</p>", text_en=f"<p>{_WORDS['en']}.</p>"))
        citing.append(
            TextBlock(
                **at, ordering=40, text_ru=f"<p>{_WORDS['ru']}{cite}.</p>", text_en=f"<p>{_WORDS['en']}{cite}.</p>"
            )
        )
    for model, rows in ((HeadingBlock, heading), (KeyPointsBlock, points), (TextBlock, plain + citing)):
        model.objects.bulk_create(rows)  # type: ignore[attr-defined]
