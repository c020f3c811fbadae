"""The order of lists."""


def alphabetical(title: str) -> str:
    """Return the key by which titles are sorted; ё stands with е, as in any Russian list."""
    return title.casefold().replace("ё", "е")
