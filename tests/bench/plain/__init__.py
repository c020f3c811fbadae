"""The yardstick: the same content as an experienced team would build it with Django and DRF in a week, and no caches.

Related rows come in a fixed number of queries, templates are loaded once, lists are paged, nothing is computed that is
not shown. It has no editions, no journal and no second language to be in step with.
"""
