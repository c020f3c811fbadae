"""Queries in which somebody may be in danger now: they are answered with the numbers to call before anything else.

Signs are those of the emergency boxes of the bundled texts, in the words in which people type them, and some dangers
that no text of ours is about. No clinician has confirmed the list yet. A card too many costs a glance, one too few may
cost a life: in doubt a sign stands here. What is asked for to read about it (магний, эпилепсия, судорога) does not.
"""

import re
from dataclasses import dataclass

from articles.canonical.text import normal


@dataclass(frozen=True)
class Sign:
    """`expressions` are words that all stand in a query, in any order: `*` for any ending, `|` between alternatives."""

    reason: str
    expressions: tuple[str, ...]


# Both are tried on both sites: people in distress type in their own language.
SIGNS: dict[str, tuple[Sign, ...]] = {
    "ru": (
        Sign(
            "whoever types it wants the ambulance",
            (
                "103",
                "112",
                "03",
                "911",
                "999",
                "скорая",
                "скорую",
                "скорой помощи",
                "неотложка",
                "неотложку",
                "умираю",
                "умирает",
                "умирающ*",
            ),
        ),
        Sign(
            "sudden breathlessness is in every emergency box",
            (
                "не могу|может дыш*|вздохнуть|вдохнуть",
                "не дышит|дышу",
                "трудно|тяжело дышать",
                "нечем дышать",
                "не хватает воздуха",
                "задыхаюсь|задыхается|задыхаемся",
                "удушье",
                "одышк*",
            ),
        ),
        Sign(
            "chest pain may be a clot in the lungs or the heart",
            (
                "бол*|давит|жжет|сжимает|колет груди|грудь|грудине|грудиной",
                "сердечный|сердечного приступ*",
                "инфаркт*",
                "остановк* сердца",
                "сердце остановилось",
            ),
        ),
        Sign("coughing up blood may be a clot in the lungs", ("каш* кров*", "харка* кров*", "рвот* кров*")),
        Sign(
            "a blackout is in every box on seizures",
            (
                "потер* сознани*",
                "теря* сознани*",
                "без сознания",
                "обморок*",
                "не приходит себя",
                "не реагирует",
                "человек|ребенок|муж|жена|мама|папа не отвечает",
            ),
        ),
        Sign(
            "jerking of the whole body is a seizure until a doctor says otherwise",
            ("дерга*|трясет|каменеет все тело|телом", "приступ* сейчас", "пена изо рта", "первая помощь приступ*"),
        ),
        Sign(
            "signs of a stroke: help is a matter of hours",
            (
                "инсульт*",
                "перекос* лиц*|рот",
                "отнял* рук*|ног*|речь",
                "наруш*|пропал*|невнятн* речь|речи",
                "онеме*|немеет|слабость половин*|сторон* тела|лица",
            ),
        ),
        Sign(
            "a leg that suddenly turns cold, pale or blue gets no blood",
            (
                "похолодел*|посинел*|побледнел*|побелел* ног*|стоп*|пальцы",
                "холодн*|ледян* онеме*|бледн*|син* ног*|стоп*",
            ),
        ),
        Sign("dark urine after effort or heat: muscles may be breaking down", ("моч* кол*|чая|темн*|коричнев*|бур*",)),
        Sign("overheating kills", ("теплов* удар*",)),
        Sign("a stiff jaw may be tetanus", ("сводит|свело|заклинило челюсть", "не открывается рот")),
        Sign("a throat that tightens may close", ("сжимает|отек* горл*", "анафила*", "отек* квинке|язык*")),
        Sign("numbness between the legs: pressed nerves of the lower back", ("онеме*|немеет промежност*",)),
        Sign("warning signs in pregnancy", ("беремен* мушки", "беремен* кровотеч*|кровит", "беремен* сильн* голов*")),
        Sign("much blood is lost in minutes", ("сильное кровотечение", "кровь не останавливается", "истека* кровью")),
        Sign("poisoning and overdose", ("передозировк*", "отрави*", "отравлени*", "наглота* таблет*")),
        Sign(
            "a life in danger, whatever the reason",
            ("хочу|хочется умереть", "покончить собой", "суицид*", "самоубий*", "не хочу жить"),
        ),
    ),
    "en": (
        Sign(
            "whoever types it wants the ambulance",
            ("999", "911", "112", "103", "ambulance*", "emergency number", "call emergency", "dying"),
        ),
        Sign(
            "sudden breathlessness is in every emergency box",
            (
                "can't|cant|cannot breath*",
                "not breathing",
                "stopped breathing",
                "hard|trouble|difficulty|struggling breath*",
                "short breath",
                "shortness breath",
                "breathless*",
                "choking",
                "suffocat*",
            ),
        ),
        Sign(
            "chest pain may be a clot in the lungs or the heart",
            ("pain*|hurt*|tight*|pressure|crushing chest", "heart attack*", "cardiac arrest", "heart stopped"),
        ),
        Sign("coughing up blood may be a clot in the lungs", ("cough* blood", "vomit*|throwing blood")),
        Sign(
            "a blackout is in every box on seizures",
            (
                "unconscious*",
                "passed|passes|passing out",
                "blackout*",
                "blacked|blacks out",
                "faint",
                "fainted|fainting",
                "unresponsive",
                "not responding",
                "doesn't|won't|not respond",
                "won't wake",
                "collapsed",
            ),
        ),
        Sign(
            "jerking of the whole body is a seizure until a doctor says otherwise",
            (
                "having seizure|fit",
                "seizure now",
                "jerking|jerks|shaking whole|all|body",
                "first aid seizure|fit",
                "foaming mouth",
            ),
        ),
        Sign(
            "signs of a stroke: help is a matter of hours",
            (
                "stroke|strokes",
                "face droop*|drooping",
                "slurred|slurring",
                "speech wrong|lost|slurred|gone",
                "can't|cannot speak|talk",
                "numb*|weak* side",
            ),
        ),
        Sign(
            "a leg that suddenly turns cold, pale or blue gets no blood",
            ("leg|foot|toes cold numb|pale|blue|white", "leg|foot turned|gone|went cold|blue|pale|white"),
        ),
        Sign(
            "dark urine after effort or heat: muscles may be breaking down",
            ("urine|pee|wee cola|coke|tea|brown|dark",),
        ),
        Sign("overheating kills", ("heatstroke", "heat stroke")),
        Sign("a stiff jaw may be tetanus", ("lockjaw", "jaw locked|stiff", "can't|cannot open mouth")),
        Sign("a throat that tightens may close", ("throat closing|tight*|swelling|swollen", "anaphyla*")),
        Sign("numbness between the legs: pressed nerves of the lower back", ("saddle numb*", "numb* genital*|groin")),
        Sign(
            "warning signs in pregnancy",
            ("pregnan* flashing", "pregnan* bleeding", "pregnan* severe headache"),
        ),
        Sign(
            "much blood is lost in minutes",
            ("severe|heavy|won't bleeding", "bleeding won't|not stop", "bleeding death"),
        ),
        Sign("poisoning and overdose", ("overdos*", "poisoned", "poisoning", "took too many pills|tablets")),
        Sign(
            "a life in danger, whatever the reason",
            ("suicid*", "kill myself", "want die", "end my life", "don't want live"),
        ),
    ),
}

# A part of an expression: its whole words, and the beginnings of those with any ending.
_Part = tuple[frozenset[str], tuple[str, ...]]


def _read(part: str) -> _Part:
    alternatives = part.split("|")
    whole = frozenset(one for one in alternatives if not one.endswith("*"))
    return whole, tuple(one[:-1] for one in alternatives if one.endswith("*"))


_EXPRESSIONS: tuple[tuple[_Part, ...], ...] = tuple(
    tuple(_read(part) for part in expression.split(" "))
    for signs in SIGNS.values()
    for sign in signs
    for expression in sign.expressions
)

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def names_an_emergency(*queries: str) -> bool:
    """Whether one of the queries (as typed, and as understood) names a sign of danger to life."""
    return any(_matches(_words(query)) for query in queries if query)


def _matches(words: set[str]) -> bool:
    return any(all(_stands(part, words) for part in expression) for expression in _EXPRESSIONS)


def _stands(part: _Part, words: set[str]) -> bool:
    """Whether one of the alternatives is among the words."""
    whole, beginnings = part
    return not whole.isdisjoint(words) or (bool(beginnings) and any(word.startswith(beginnings) for word in words))


def _words(query: str) -> set[str]:
    folded = normal(query).casefold().replace("ё", "е").replace("’", "'")
    return set(_WORD.findall(folded))
