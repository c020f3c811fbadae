"""Articles with sections, quotes and sources in tables of their own."""

from django.db import models


class Topic(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=300)
    issued = models.CharField(max_length=10)
    url = models.URLField(max_length=1000)

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One text in one language."""

    language = models.CharField(max_length=2)
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    published_at = models.DateTimeField(db_index=True)
    topics = models.ManyToManyField(Topic, related_name="articles")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_slug_a_language", fields=["language", "slug"])]
        indexes = [models.Index(name="in_list_order", fields=["language", "-published_at", "id"])]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="sections")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    heading = models.CharField(max_length=200, blank=True)
    html = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, related_name="sections")

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.article_id} {self.place}"


class Quote(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="quotes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="quotes")
    source = models.ForeignKey(Source, models.PROTECT, related_name="quotes")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text
