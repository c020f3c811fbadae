"""Addresses within a page."""


def anchor(block: str) -> str:
    """Return the id of a block's element. It comes from the block's own id, so an edited heading keeps its address,
    and both languages of an article have the same ones."""
    return f"b{block.replace('-', '')[:8]}"
