"""One row for each kind and state of page that a reader can meet. Whatever judges pages takes them from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.answers import BENIGN, LEADING
from triage.engine.deciding import Engine
from triage.engine.exchange import read_file
from triage.engine.protocol import LEVELS

_BUNDLED = Path(__file__).parents[2] / "triage" / "protocols" / "starter" / "leg-cramp-triage.json"


@dataclass(frozen=True)
class Press:
    """A button of a form, and what is ticked and typed before it is pressed. `broken` is added to what was signed."""

    button: str
    ticks: Sequence[str] = ()
    fills: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""
    is_too_often: bool = False


@dataclass(frozen=True)
class Row:
    """`paths` are addresses on the shelf of examples (`tests/pages/shelf.py`), `bundled` those of the same kind of page
    in the bundled content; empty where the bundle has none. A sheet for paper has neither head nor foot of the site.

    A page with `presses` has no address: from the one in `paths` these buttons lead to it (`tests/pages/reaching.py`).
    """

    name: str
    paths: Mapping[Language, str]
    status: int = 200
    bundled: Mapping[Language, str] = field(default_factory=dict)
    is_sheet: bool = False
    presses: Sequence[Press] = ()


def row(
    name: str,
    russian: str,
    english: str = "",
    *,
    status: int = 200,
    bundled: tuple[str, str] | None = None,
    is_sheet: bool = False,
    presses: Sequence[Press] = (),
) -> Row:
    """Return a row; an address stands without its language, and once where it is the same in both."""
    paths: dict[Language, str] = {"ru": f"/ru/{russian}", "en": f"/en/{english or russian}"}
    held: dict[Language, str] = {"ru": f"/ru/{bundled[0]}", "en": f"/en/{bundled[1]}"} if bundled else {}
    return Row(name, paths, status, held, is_sheet, presses)


def same(name: str, place: str) -> Row:
    """Return the row of a page that stands at the same address whatever is published."""
    return row(name, place, bundled=(place, place))


def of_the_interface(name: str, place: str) -> Row:
    """Return the row of a page for partners, whose language stands behind the address."""
    paths: dict[Language, str] = {language: f"{place}?lang={language}" for language in LANGUAGES}
    return Row(name, paths, bundled=paths)


def below(places: tuple[str, str], tail: str) -> tuple[str, str]:
    """Return the addresses of what lies below these, in each language."""
    return places[0] + tail, places[1] + tail


def asked(name: str, *presses: Press, status: int = 200, slug: str = "triage", country: str = "RU") -> Row:
    """Return the row of a page to which forms of the questions lead, from their start."""
    return row(name, f"triage/{slug}/", status=status, presses=(Press("start", (country,)), *presses))


def answering(level: str) -> list[Press]:
    """Return what leads from the first question to an outcome of this level."""
    engine = Engine(read_file(_BUNDLED.read_bytes()).protocol("ru"))
    given, presses = {**BENIGN, **LEADING[level]}, []
    told: dict[str, list[str]] = {}
    while question := engine.ask_next(told):
        told[question] = given[question]
        presses.append(Press("next", tuple(given[question])))
    return presses


def filled(name: str, status: int, **fills: str) -> Row:
    """Return the row of a page to which the form for partners leads."""
    return row(name, "partners/", status=status, presses=(Press("ask", fills=fills),))


_ARTICLE = ("articles/sudorogi-v-nogah/", "articles/leg-cramps/")
_FAQ = ("faq/pomozhet-li-magnij/", "faq/will-magnesium-help/")

PAGES = (
    row("article", "articles/vsyo-srazu/", "articles/everything-at-once/", bundled=_ARTICLE),
    row("reviewed", "articles/provereno/", "articles/reviewed/"),
    row("overdue", "articles/prosrocheno/", "articles/overdue/"),
    row("under-check", "articles/proveryaetsya/", "articles/being-checked/"),
    row("behind", "articles/otstala/", "articles/behind/"),
    row("ahead", "articles/vperedi/", "articles/ahead/"),
    row("faq", "faq/eto-opasno/", "faq/is-it-dangerous/", bundled=_FAQ),
    row("topic", "topics/myshtsy/", "topics/muscles/",
        bundled=("topics/myshcy-i-sustavy/", "topics/muscles-and-joints/")),
    row("quoted", "people/anna-proverochnaya/", "people/anna-testova/",
        bundled=("people/demyanovskaya-ekaterina/", "people/ekaterina-demyanovskaya/")),
    row("participant", "people/uchastnitsa/", "people/participant/"),
    row("about-page", "about/kto-my/", "about/who-we-are/", bundled=("about/kto-my/", "about/who-we-are/")),
    *(same(f"section-{place}", f"{place}/") for place in ("articles", "faq", "people", "glossary", "sources", "about")),
    same("home", ""),
    same("search-blank", "search/"),
    row("search-results", "search/?q=судорога", "search/?q=cramp", bundled=("search/?q=магний", "search/?q=magnesium")),
    row("search-empty", "search/?q=ъъъъъ", "search/?q=qqqqqq", bundled=("search/?q=ъъъъъ", "search/?q=qqqqqq")),
    row("search-danger", "search/?q=не могу дышать", "search/?q=can't breathe",
        bundled=("search/?q=не могу дышать", "search/?q=can't breathe")),
    same("corrections", "corrections/"),
    row("editions", "articles/vperedi/editions/", "articles/behind/editions/",
        bundled=below(_ARTICLE, "editions/")),
    row("old-edition", "articles/vperedi/editions/1/", "articles/behind/editions/1/",
        bundled=below(_ARTICLE, "editions/1/")),
    row("changes", "articles/vperedi/editions/2/changes/", "articles/behind/editions/2/changes/"),
    same("verify", "verify/"),
    row("verify-unknown", f"verify/?digest={'0' * 64}", bundled=(f"verify/?digest={'0' * 64}",) * 2),
    row("hand-out", "articles/vsyo-srazu/handout/", "articles/everything-at-once/handout/",
        bundled=below(_ARTICLE, "handout/"), is_sheet=True),
    row("hand-out-both", "articles/vsyo-srazu/handout/both/", "articles/everything-at-once/handout/both/",
        bundled=below(_ARTICLE, "handout/both/"), is_sheet=True),
    row("hand-out-of-one", "articles/tolko-po-russki/handout/both/", "articles/only-in-english/handout/both/",
        status=404),
    same("triage-list", "triage/"),
    row("triage", "triage/triage/", bundled=("triage/leg-cramp-triage/",) * 2),
    row("triage-signed", "triage/signed/"),
    row("triage-expired", "triage/expired/"),
    row("triage-under-check", "triage/being-checked/"),
    row("triage-gone", "triage/withdrawn/", status=410),
    asked("triage-question"),
    asked("triage-question-signed", slug="signed"),
    asked("triage-question-later", Press("next", ("none",)), Press("next", ("none",))),
    asked("triage-question-of-one", *answering("self_care")[:-1]),
    asked("triage-question-empty", Press("next")),
    asked("triage-question-wrong", Press("next", ("breath", "none"))),
    *(asked(f"triage-{level}", *answering(level)) for level in LEVELS),
    asked("triage-in-britain", Press("next", ("unsure",)), *answering("same_day")[1:], country="GB"),
    asked("triage-malformed", Press("next", ("none",), broken="x"), status=400),
    asked("triage-too-often", Press("next", ("none",), is_too_often=True), status=429),
    same("partners", "partners/"),
    filled("partners-faults", 422, name="Клиника", email="x", purpose="Слова. " * 700),
    filled("partners-sent", 200, name="Clinic of the tests", website="clinic.test", contact_name="Anna Testova",
           email="office@clinic.test", safety_email="night@clinic.test", purpose="For patients."),
    of_the_interface("partners-reference", "/api/v1/docs/"),
    of_the_interface("partners-getting-started", "/api/v1/docs/getting-started/"),
    of_the_interface("partners-blocks", "/api/v1/docs/blocks/"),
    row("gone", "articles/snyata/", "articles/withdrawn/", status=410),
    row("elsewhere", "articles/only-in-english/", "articles/tolko-po-russki/", status=404),
    row("not-found", "articles/net-takoj/", "articles/nothing/", status=404),
)  # fmt: skip

CASES = [(row, language) for row in PAGES for language in LANGUAGES]
NAMES = [f"{row.name}-{language}" for row, language in CASES]


def path(name: str, language: Language) -> str:
    """Return where the page of this name is on the shelf of examples; raises StopIteration for an unknown name."""
    return next(row.paths[language] for row in PAGES if row.name == name)
