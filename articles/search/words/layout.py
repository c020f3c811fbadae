"""The other keyboard layout: ghbdtn is привет typed with the wrong one, and руфве is head."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LATIN_SHIFT = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'

_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN_SHIFT, _CYRILLIC + _CYRILLIC.upper())
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN_SHIFT)


def other_layout(text: str) -> str:
    """The text as it would stand with the other layout: each key to its letter there, the script deciding which way.

    Text with letters of both layouts, or of neither, comes back as it is.
    """
    latin = any("a" <= letter <= "z" for letter in text.lower())
    cyrillic = any(letter in _CYRILLIC for letter in text.lower())
    if latin == cyrillic:
        return text
    return text.translate(_TO_CYRILLIC if latin else _TO_LATIN)
