"""Health, outcomes and kinds of listings in the reader's words."""

from scraper.web.outlets.health import Health, State
from scraper.web.words import N_, _, ngettext

OUTCOMES = {
    "running": N_("Running"),
    "done": N_("Done"),
    "failed": N_("Failed"),
    "interrupted": N_("Interrupted"),
}
KINDS = {
    "feed": N_("Feed"),
    "news_sitemap": N_("News sitemap"),
    "section": N_("Section page"),
}
DUE = {  # why a listing is to be asked when it is
    "rhythm": N_("by its rhythm"),
    "failing": N_("later, because it fails"),
    "told to wait": N_("when its host allows"),
    "first look": N_("for the first time"),
}
OTHERS = {
    State.UNTRIED: N_("Not crawled yet"),
    State.BY_HAND: N_("Archived by hand"),
    State.WELL: N_("Well"),
}


def health_words(health: Health) -> str:
    """Say how an outlet fares, in a few words.

    >>> health_words(Health(State.FAILING, 3)), health_words(Health(State.WELL))
    ('The last 3 runs failed', 'Well')
    """
    n = health.measure
    if health.state is State.TROUBLED:
        return ngettext("One open incident", "%(n)s open incidents", n)
    if health.state is State.FAILING:
        return ngettext("The last run failed", "The last %(n)s runs failed", n)
    if health.state is State.LATE:
        return ngettext("No successful run for a day", "No successful run for %(n)s days", n)
    if health.state is State.SILENT:
        return ngettext("Nothing new for a day", "Nothing new for %(n)s days", n)
    return _(OTHERS[health.state])


def outcome_words(outcome: str) -> str:
    """Say how a crawl run ended; an outcome unknown here as it is stored."""
    return _(OUTCOMES[outcome]) if outcome in OUTCOMES else outcome


def due_words(reason: str | None) -> str:
    """Say why a listing is asked when it is; a reason unknown here is not told."""
    return _(DUE[reason]) if reason in DUE else ""


def kind_words(kind: str) -> str:
    """Say what a listing is; a kind unknown here as it is stored."""
    return _(KINDS[kind]) if kind in KINDS else kind
