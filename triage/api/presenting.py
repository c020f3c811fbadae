"""Protocols as partners receive them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings

from articles.api.v1.presenters.items import common_members
from articles.api.v1.presenters.quotes import source_out
from articles.api.v1.rendering.surroundings import surroundings
from articles.api.v1.shapes.parts import CareServiceOut
from articles.editions import noting
from articles.editions.care import services_in_order
from articles.editions.parts import CareService
from articles.editions.queries import Shelved, Target
from articles.editions.value import plain
from triage.api import shapes
from triage.api.rendering import table_html, table_text
from triage.api.speaking import Speaker
from triage.engine.protocol import LEVELS, FirstAid, Level, Option, Question, Rule
from triage.live import numbers
from triage.live.protocols import LiveProtocol
from triage.live.wording import label

# It may decide about an emergency, so a copy that nobody confirmed lives as short as there is.
MAX_AGE = 3600


def live_protocol(shelved: Shelved) -> LiveProtocol:
    """Return the protocol as it is asked now; what is made of it holds until the day is over."""
    now = datetime.now(UTC)
    noting.holds_until(datetime.combine(now.date() + timedelta(days=1), time.min, UTC))
    return LiveProtocol(shelved, now.date())


def status(live: LiveProtocol) -> str:
    """Return whether the questions may be asked, and if not, whether that is because they expired."""
    return "expired" if live.is_expired else live.mode


def short(shelved: Shelved) -> dict[str, Any]:
    """Return the protocol as lists show it."""
    live = live_protocol(shelved)
    document = live.document
    home, _, query = shelved.api_url.partition("?")
    return common_members(shelved) | {
        "max_age": MAX_AGE,
        "summary": document.summary,
        "slug": document.slug,
        "version": document.protocol.version,
        "status": status(live),
        "label": label(live) or None,
        "logic_digest": document.logic_digest,
        "expires_on": document.protocol.expires_on,
        "links": shapes.ProtocolLinks(decide=f"{home}decide/", fhir=f"{home}fhir/?{query}"),
    }


def whole(shelved: Shelved, targets: Mapping[str, Target]) -> dict[str, Any]:
    """Return the protocol with everything that decides, and its table."""
    live = live_protocol(shelved)
    document, protocol = live.document, live.document.protocol
    say = Speaker(document, "", live.language)
    around = surroundings(document, live.language, targets)
    return short(shelved) | {
        "danger": say(protocol.danger),
        "emergency": say.words,
        "services": services_out(services_in_order(document.services, live.language)),
        "countries": numbers.countries(document),
        "questions": [_question(one, say) for one in protocol.questions],
        "rules": [_rule(one, say) for one in protocol.rules],
        "levels": [_level(one, say) for one in sorted(protocol.levels, key=lambda level: -level.rank)],
        "sources": [source_out(source, around) for source in document.sources],
        "html": table_html(live, say, around),
        "text": table_text(live, say, around),
    }


def deciding(live: LiveProtocol) -> shapes.DecidingProtocol:
    """Return which protocol stands behind an answer."""
    document, shelved = live.document, live.shelved
    return shapes.DecidingProtocol(
        id=shelved.item,
        slug=document.slug,
        language=live.language,
        edition=shelved.envelope.number,
        digest=shelved.standing.edition.digest,
        logic_digest=document.logic_digest,
        version=document.protocol.version,
        status=status(live),  # type: ignore[arg-type]
        expires_on=document.protocol.expires_on,
        url=shelved.page_url,
        api_url=shelved.api_url,
    )


def services_out(services: Sequence[CareService]) -> list[CareServiceOut]:
    """Return whom to call."""
    return [CareServiceOut(**plain(service)) for service in services]


def home(live: LiveProtocol) -> str:
    """Return the address that names the protocol in every language."""
    return f"{settings.SITE_URL}/api/v1/triage/protocols/{live.shelved.item}/"


def _question(question: Question, say: Speaker) -> shapes.QuestionOut:
    return shapes.QuestionOut(
        id=question.id,
        kind=question.kind,
        text=say(question.text),
        exclusive_because=say(question.exclusive_because),
        options=[_option(option, say) for option in question.options],
    )


def _option(option: Option, say: Speaker) -> shapes.OptionOut:
    return shapes.OptionOut(
        id=option.id,
        text=say(option.text),
        rank=option.rank,
        level=LEVELS[option.rank],  # type: ignore[arg-type]
        exclusive=option.exclusive,
        sources=option.references,
    )


def _rule(rule: Rule, say: Speaker) -> shapes.RuleOut:
    return shapes.RuleOut(
        id=rule.id,
        rank=rule.rank,
        level=LEVELS[rule.rank],  # type: ignore[arg-type]
        when=rule.when,
        text=say(rule.text),
        sources=rule.references,
    )


def _level(level: Level, say: Speaker) -> shapes.LevelOut:
    return shapes.LevelOut(
        id=level.id,
        rank=level.rank,
        title=say(level.title),
        text=say(level.text),
        sources=level.references,
        first_aid=[_first_aid(aid, say) for aid in level.first_aid],
    )


def _first_aid(aid: FirstAid, say: Speaker) -> shapes.FirstAidOut:
    return shapes.FirstAidOut(when=aid.when, text=say(aid.text), sources=aid.references)
