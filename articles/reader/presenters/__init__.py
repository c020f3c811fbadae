"""What a page shows, as plain values: all choice of words and classes is made here, so that templates stay dumb."""
