def polish(b, *, language):
    return b


def polish_line(t, *, language):
    return t
