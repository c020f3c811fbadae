"""What a slip of the finger or of the ear costs: the less, the likelier it is."""

from itertools import pairwise

_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = "оа еи эе ыи яе яи ие дт гк зс бп вф жш щш цс йи ьъ ae ei iy sz ck cs kq ou vw"

_FINGER = 0.8
_EAR = 0.6
_SWAPPED = 0.8
_DOUBLED = 0.5
_SIGN = 0.5
_FIRST_LETTER = 0.5

_SUBSTITUTIONS: dict[str, float] = {}
for _row in _ROWS:
    for _left, _right in pairwise(_row):
        _SUBSTITUTIONS[_left + _right] = _SUBSTITUTIONS[_right + _left] = _FINGER
for _pair in _SOUNDS.split():
    _SUBSTITUTIONS[_pair] = _SUBSTITUTIONS[_pair[::-1]] = _EAR


def price(typed: str, meant: str) -> float:
    """What it takes to make one word of the other: 0 for the same, about 1 for a mistake, more at the first letter."""
    before: list[float] = []
    last = [0.0]
    for place, letter in enumerate(meant):
        last.append(last[-1] + _extra(meant, place, letter))
    for row, letter in enumerate(typed):
        line = [last[0] + _extra(typed, row, letter)]
        for place, other in enumerate(meant):
            costs = [
                last[place] + (0.0 if letter == other else _SUBSTITUTIONS.get(letter + other, 1.0)),
                last[place + 1] + _extra(typed, row, letter),
                line[place] + _extra(meant, place, other),
            ]
            if row and place and letter == meant[place - 1] and other == typed[row - 1]:
                costs.append(before[place - 1] + _SWAPPED)
            line.append(min(costs))
        before, last = last, line
    return round(last[-1] + (_FIRST_LETTER if typed[:1] != meant[:1] else 0.0), 3)


def _extra(word: str, place: int, letter: str) -> float:
    if letter in "ьъ":
        return _SIGN
    return _DOUBLED if place and word[place - 1] == letter else 1.0
