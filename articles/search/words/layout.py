"""The other keyboard layout: ghbdtn is привет typed with the wrong one, and руфв is head."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_LATIN_SHIFT = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_CYRILLIC_SHIFT = _CYRILLIC.upper()

_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN_SHIFT, _CYRILLIC + _CYRILLIC_SHIFT)
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC_SHIFT, _LATIN + _LATIN_SHIFT)


def other_layout(text: str) -> str:
    """The text as the same keys would have made it on the other layout (ЙЦУКЕН or QWERTY).

    The letters tell which way; text with letters of both layouts comes back as it is, as does text with neither
    letters nor keys that are letters in Russian ([ ] ; ' , . and `).
    """
    latin = any(letter.isascii() and letter.isalpha() for letter in text)
    cyrillic = any(letter in _CYRILLIC or letter in _CYRILLIC_SHIFT for letter in text)
    if latin and cyrillic:
        return text
    return text.translate(_TO_LATIN if cyrillic else _TO_CYRILLIC)
