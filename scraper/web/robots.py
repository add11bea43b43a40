"""Keeps search engines and their like away from a public instance, unless its operator lets them.

The texts belong to their outlets: a copy found in their place would do them harm, and a robot that
follows every link to narrow a search would keep the archive busy for ever.
"""

from typing import Any

from datasette import NotFound, Response

from scraper.web.archives import archive_names

PLUGIN = "dateline-archive"  # the distribution's name, under which Datasette knows the plugin
ALLOWED = "allow_robots"  # {"plugins": {"dateline-archive": {"allow_robots": true}}}
TAG = (b"x-robots-tag", b"noindex, nofollow, noarchive")
RULES_CLOSED = "User-agent: *\nDisallow: /\n"
RULES_OPEN = "User-agent: *\nDisallow:\n"  # RFC 9309 section 2.2.2: an empty rule forbids nothing


def are_robots_allowed(datasette: Any) -> bool:
    """Tell whether the metadata lets robots in; only a plain true does."""
    settings = datasette.plugin_config(PLUGIN)
    return isinstance(settings, dict) and settings.get(ALLOWED) is True


async def show_robots(datasette: Any) -> Response:
    """Answer GET /robots.txt (RFC 9309).

    Raises:
        NotFound: if no archive is open, so that Datasette stays as it is.
    """
    if not await archive_names(datasette):
        raise NotFound("No archive of Dateline is open here")
    return Response.text(RULES_OPEN if are_robots_allowed(datasette) else RULES_CLOSED)
