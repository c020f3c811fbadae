"""The shared cache of several machines is a Redis server named by CACHE_URL."""

import pytest
from django.core.cache import cache


@pytest.mark.redis
def test_two_connections_see_one_redis_cache() -> None:
    from django.core.cache import CacheHandler

    cache.set("answer", "ответ", 60)
    assert CacheHandler()["default"].get("answer") == "ответ"
    assert cache.delete("answer") is True
    assert CacheHandler()["default"].get("answer") is None
