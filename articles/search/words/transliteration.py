"""Russian typed in Latin letters: sudorogi, magnij, magniy, beremennost."""

from functools import lru_cache

# What the habits of mail, passports and scholars write, the likelier Russian letters first.
_SPELLINGS = {
    "shch": "щ",
    "sch": "щ сч",
    "ch": "ч",
    "ck": "к",
    "ia": "ия я ья",
    "ii": "ии ий",
    "ij": "ий",
    "iu": "ю ию",
    "iy": "ий",
    "ja": "я ья",
    "je": "е ье",
    "jo": "е йо",
    "ju": "ю ью",
    "kh": "х",
    "ph": "ф",
    "sh": "ш сх",
    "th": "т",
    "ts": "ц тс",
    "tz": "ц",
    "ya": "я ья",
    "ye": "е ье",
    "yi": "ьи ый",
    "yj": "ый",
    "yo": "е йо",
    "yu": "ю ью",
    "yy": "ый",
    "zh": "ж",
    "'": "ь ъ",
    "a": "а",
    "b": "б",
    "c": "ц к",
    "d": "д",
    "e": "е э",
    "f": "ф",
    "g": "г",
    "h": "х г",
    "i": "и й",
    "j": "й ж",
    "k": "к",
    "l": "л",
    "m": "м",
    "n": "н",
    "o": "о",
    "p": "п",
    "q": "к",
    "r": "р",
    "s": "с",
    "t": "т",
    "u": "у",
    "v": "в",
    "w": "в ш щ",
    "x": "х кс",
    "y": "ы й и",
    "z": "з ж",
}

_BY_FIRST: dict[str, list[tuple[str, list[str]]]] = {}
for _latin, _letters in _SPELLINGS.items():
    _BY_FIRST.setdefault(_latin[0], []).append((_latin, _letters.split()))

_LONGEST = 30
_KEPT = 64
_VOWELS = "аеиоуыэюя"
_SOFTENED = "бвдзлмнпрстфжшчщ"
_PIECE = 0.1
_SOFT_SIGN = 0.45


@lru_cache(maxsize=256)
def cyrillic(word: str, limit: int = 32) -> tuple[str, ...]:
    """What a folded word in Latin letters may be in Russian ones, the likelier spellings first, no more than the limit.

    Empty when a letter of the word is in no scheme, or the word has more than 30. Soft signs that the writer left out
    are tried as well. Most of what comes back is no word: keep what the vocabulary knows.
    """
    if not word or len(word) > _LONGEST:
        return ()
    made: list[dict[str, float]] = [{} for _ in range(len(word) + 1)]
    made[0][""] = 0.0
    for place in range(len(word)):
        for text in _cheapest(made[place], _KEPT):
            for latin, letters in _BY_FIRST.get(word[place], ()):
                if word.startswith(latin, place):
                    following = made[place + len(latin)]
                    for rank, letter in enumerate(letters):
                        _add(following, text + letter, made[place][text] + _PIECE + _price(text, letter, rank))
    return tuple(_cheapest(made[-1], limit))


def _add(made: dict[str, float], text: str, cost: float) -> None:
    made[text] = min(cost, made.get(text, cost))
    if text[-1] in _SOFTENED and "ь" not in text:
        made[text + "ь"] = min(cost + _SOFT_SIGN, made.get(text + "ь", cost + _SOFT_SIGN))


def _cheapest(made: dict[str, float], limit: int) -> list[str]:
    return sorted(made, key=lambda text: (round(made[text], 3), text))[:limit]


def _price(text: str, letter: str, rank: int) -> float:
    """What it costs to believe in a letter here: й follows vowels and ы never does, э begins words."""
    after_vowel = text[-1:] in tuple(_VOWELS)
    if letter == "й":
        return 0.0 if after_vowel else 2.0
    if letter == "ы":
        return 1.0 if after_vowel or not text else 0.0
    if letter == "э":
        return 1.5 if text else 0.5
    return rank * 0.5
