"""A site of many published texts, made in minutes: a few pass through the real press, the others are cast from them.

`python -m tests.bench.making 10000` fills the database of the settings. The same number gives the same words.
"""
