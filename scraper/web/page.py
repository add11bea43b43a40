"""Makes a page from a template for one reader; puts the catalogue into Datasette's templates."""

from typing import Any

from datasette import Response

from scraper.web import words
from scraper.web.archives import archive_names
from scraper.web.behind import behind

FILTERS = {
    "number": words.number,
    "share": words.share,
    "moment": words.moment,
    "day_words": words.day_words,
    "month_words": words.month_words,
    "language_name": words.language_name,
    "country_name": words.country_name,
    "listed": words.listed,
}


async def render(
    datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200
) -> Response:
    """Return a page; `context` holds at least `database`, the archive's name there.

    Templates see besides: `reader_language`; `other_archive`, the name that links carry as db= when
    the archive is not the first one open; `behind`, the SQL that was asked; the filters of FILTERS;
    gettext as `_` and {% trans %}.
    """
    first = next(iter(await archive_names(datasette)), "")
    told = {
        "reader_language": words.reader().language,
        "behind": await behind(datasette, request, context["database"]),
        "other_archive": context["database"] if context["database"] != first else "",
    }
    context = told | context
    html = await datasette.render_template(template, context, request=request)
    return Response.html(html, status=status, headers={"vary": "Accept-Language"})


def teach_templates(environment: Any) -> None:
    """Give templates the catalogue of the reader at hand, and our filters; safe to call twice."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(
        lambda message: words.reader().catalogue.gettext(message),
        lambda one, many, n: words.reader().catalogue.ngettext(one, many, n),
        newstyle=True,
    )
    environment.filters.update(FILTERS)
