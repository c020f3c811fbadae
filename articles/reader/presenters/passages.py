"""Plain passages as paragraphs."""


def paragraphs(passage: str) -> list[str]:
    """Return the paragraphs of a passage; a single line break inside one is a space to a reader."""
    return [paragraph.replace("\n", " ") for paragraph in passage.split("\n\n") if paragraph.strip()]
