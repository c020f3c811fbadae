"""`make bench`: the whole suite."""

from tests.bench import deciding

for bench in (deciding,):
    print(bench.report(), end="\n\n")
