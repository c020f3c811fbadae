"""Russian typed in Latin letters: sudorogi, magnij, magniy, beremennost."""

_LONGEST = 30
_SPELLINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("shch", ("щ",)),
    ("sch", ("щ", "сч")),
    ("sh", ("ш", "сх")),
    ("ch", ("ч",)),
    ("zh", ("ж",)),
    ("kh", ("х",)),
    ("ts", ("ц", "тс")),
    ("tz", ("ц",)),
    ("yo", ("е", "йо")),
    ("jo", ("е", "йо")),
    ("yu", ("ю",)),
    ("ju", ("ю",)),
    ("iu", ("ю", "иу")),
    ("ya", ("я",)),
    ("ja", ("я",)),
    ("ia", ("ия", "я")),
    ("ye", ("е", "ье")),
    ("je", ("е", "ье")),
    ("yi", ("ьи", "ый")),
    ("iy", ("ий",)),
    ("ij", ("ий",)),
    ("ii", ("ии", "ий")),
    ("yy", ("ый",)),
    ("yj", ("ый",)),
    ("ks", ("кс",)),
    ("x", ("х", "кс")),
    ("a", ("а",)),
    ("b", ("б",)),
    ("c", ("ц", "к")),
    ("d", ("д",)),
    ("e", ("е", "э")),
    ("f", ("ф",)),
    ("g", ("г",)),
    ("h", ("х",)),
    ("i", ("и", "й")),
    ("j", ("й", "ж")),
    ("k", ("к",)),
    ("l", ("л",)),
    ("m", ("м",)),
    ("n", ("н",)),
    ("o", ("о",)),
    ("p", ("п",)),
    ("q", ("к",)),
    ("r", ("р",)),
    ("s", ("с",)),
    ("t", ("т",)),
    ("u", ("у",)),
    ("v", ("в",)),
    ("w", ("в", "щ")),
    ("y", ("ы", "й", "и")),
    ("z", ("з", "ж")),
    ("'", ("ь", "ъ", "")),
)


def cyrillic(word: str, limit: int = 64) -> list[str]:
    """What a word in Latin letters may be in Russian ones, the likelier spellings first, no more than the limit.

    Empty when the word has letters that no scheme uses. A soft sign that the writer left out is tried at the end.
    """
    if len(word) > _LONGEST:
        return []
    beam: list[tuple[float, int, str]] = [(0.0, 0, "")]
    done: dict[str, float] = {}
    while beam:
        following: dict[tuple[int, str], float] = {}
        for cost, place, made in beam:
            if place == len(word):
                done[made] = min(cost, done.get(made, cost))
                continue
            for latin, letters in _SPELLINGS:
                if word.startswith(latin, place):
                    for rank, letter in enumerate(letters):
                        key = (place + len(latin), made + letter)
                        price = cost + rank + (0.0 if len(latin) > 1 else 0.1)
                        following[key] = min(price, following.get(key, price))
        beam = sorted((cost, place, made) for (place, made), cost in following.items())[: limit * 2]
    for made, cost in list(done.items()):
        if made and made[-1] in "бвгдзклмнпрстфжшчщ":
            done.setdefault(made + "ь", cost + 0.5)
    return sorted(done, key=lambda made: (done[made], made))[:limit]
