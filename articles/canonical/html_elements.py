"""What each HTML element and each style of a paste means to us: tables, and the reading of ``style`` attributes."""

import re


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# Stands for the list that somebody forgot to open around an item; no tag can have this name.
IMPLIED_LIST = "(list)"
LISTS = {"ul": False, "ol": True, IMPLIED_LIST: False}
CELLS = frozenset({"td", "th"})
# What is a paragraph of its own even inside a table.
ROWS = frozenset({"tr", "table"})
_TABLE_PARTS = frozenset({"table", "tbody", "thead", "tfoot"})

# The boundaries between paragraphs.
BLOCKS = (
    frozenset(HEADINGS)
    | frozenset(LISTS)
    | CELLS
    | ROWS
    | _TABLE_PARTS
    | _names(
        "address article aside blockquote body caption center colgroup dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form head header hgroup html legend li main menu nav optgroup option p pre search "
        "section summary"
    )
)
# Where a paragraph of Word, with or without a bullet, may begin or a list of them must end.
OFFICE_PARAGRAPHS = frozenset({"p", "table", *HEADINGS, *LISTS})
# Inside which parents the start of a block closes everything that is still open.
PARENTS = {
    "li": frozenset(LISTS),
    "td": _TABLE_PARTS | {"tr"},
    "th": _TABLE_PARTS | {"tr"},
    "tr": _TABLE_PARTS,
    "tbody": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
}
WITHIN_TABLE = frozenset(PARENTS) - {"li"}

_EFFECTS: dict[str, dict[str, bool | str]] = {
    "b": {"strong": True},
    "strong": {"strong": True},
    "i": {"emphasis": True},
    "em": {"emphasis": True},
    "cite": {"emphasis": True},
    "dfn": {"emphasis": True},
    "var": {"emphasis": True},
    "s": {"struck": True},
    "strike": {"struck": True},
    "del": {"struck": True},
    "sup": {"raised": "sup"},
    "sub": {"raised": "sub"},
}
# Where ``lang`` means a phrase in another language.
FOREIGN = frozenset({"span", "i", "em"})
# Colours, sizes, underlines and bookkeeping: they carry no words and no meaning of their own.
_PLAIN = _names(
    "a abbr acronym bdi big data font ins label map mark nobr picture q small span style time title tt u xml "
    "o:p w:sdt w:sdtpr google-sheets-html-origin"
)
# Office puts the names of places and people into elements of this prefix.
_PLAIN_PREFIX = "st1:"

# These go on in the next paragraph when they were not closed (HTML, "the list of active formatting elements").
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
VOID = _names("area base br col embed frame hr img input keygen link meta param source track wbr v:imagedata")

# What cannot be kept, with the code of the problem.
LOST = {
    "img": "image-lost",
    "svg": "image-lost",
    "canvas": "image-lost",
    "v:imagedata": "image-lost",
    "video": "media-lost",
    "audio": "media-lost",
    "iframe": "media-lost",
    "frame": "media-lost",
    "embed": "media-lost",
    "object": "media-lost",
    "applet": "media-lost",
    "script": "script-lost",
    "form": "form-lost",
    "input": "form-lost",
    "select": "form-lost",
    "textarea": "form-lost",
    "button": "form-lost",
    "hr": "rule-not-kept",
    "blockquote": "quotation-not-kept",
    "table": "table-not-kept",
}

# Characters that exist in a raised or lowered form of their own.
RAISED_CHARACTERS = {
    "sup": str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"),
    "sub": str.maketrans("0123456789+-−=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓ"),
}

_WORDLESS_TABLE = ("presentation", "none")
_DIGITS = frozenset("123456789")

_BOLD = re.compile(r"bold|bolder|[6-9]00")
_LIST_LEVEL = re.compile(r"\blevel([0-9]{1,2})\b")
_NUMBER = re.compile(r"\(?(?:[0-9]+|[^\W\d_]|[ivxlcdm]+)(?:\.[0-9]+)*[.)]", re.IGNORECASE)


def effects(name: str) -> dict[str, bool | str]:
    """What an inline element changes about its words."""
    return _EFFECTS.get(name, {})


def is_known(name: str) -> bool:
    """Whether an inline element may go without a word about it, or has one already (``LOST``)."""
    return name in _EFFECTS or name in _PLAIN or name in LOST or name.startswith(_PLAIN_PREFIX)


def is_lost(name: str, attributes: dict[str, str]) -> bool:
    """Whether something goes with the element: not with a table that only arranges a mail, nor with an emoji."""
    if name == "table":
        return attributes.get("role") not in _WORDLESS_TABLE
    if name == "input":
        return attributes.get("type", "").lower() != "hidden"
    return name in LOST and not (name == "img" and emoji(attributes))


def emoji(attributes: dict[str, str]) -> str:
    """The character that a mail program shows as a picture."""
    return attributes.get("data-emoji", "") or (
        attributes.get("alt", "") if "emoji" in attributes.get("class", "") else ""
    )


def declarations(style: str) -> dict[str, str]:
    """The declarations of a ``style`` attribute, names and values in lower case."""
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): value.strip() for name, colon, value in pairs if colon}


def styled(style: dict[str, str]) -> dict[str, bool | str]:
    """What declarations change about words: strong, emphasis, struck, raised; the rest is only dress."""
    effects: dict[str, bool | str] = {}
    if weight := style.get("font-weight"):
        effects["strong"] = bool(_BOLD.match(weight))
    if slant := style.get("font-style"):
        effects["emphasis"] = slant.startswith(("italic", "oblique"))
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        effects["struck"] = True
    if (height := style.get("vertical-align")) in ("super", "sub"):
        effects["raised"] = "sup" if height == "super" else "sub"
    if style.get("mso-list") == "ignore":
        effects["marker"] = True
    return effects


def list_level(style: dict[str, str]) -> int:
    """The level of a list paragraph of Word (``mso-list:l0 level2 lfo1``), from 1; 0 for any other paragraph."""
    found = _LIST_LEVEL.search(style.get("mso-list", ""))
    return int(found[1]) if found else 0


def heading_level(name: str, attributes: dict[str, str]) -> int:
    """The level of a heading, also of a paragraph that Word on the web calls one; 0 for anything else."""
    level = attributes.get("aria-level", "") if attributes.get("role") == "heading" else ""
    return HEADINGS.get(name) or (int(level) if level in _DIGITS else 0)


def web_level(attributes: dict[str, str]) -> int:
    """The level of an item of Word on the web, from 1; 0 for any other item, whose level is that of its list."""
    level = attributes.get("data-aria-level", "")
    return int(level) if level in _DIGITS else 0


def is_number(marker: str) -> bool:
    """Whether the marker of a list paragraph of Word counts (``1.``, ``a)``, ``IV.``) or is a bullet."""
    return bool(_NUMBER.fullmatch(marker.strip()))
