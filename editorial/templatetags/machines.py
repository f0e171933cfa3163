"""What stands in the head of a page, and at its end, for search engines and feed readers."""

import re
from collections.abc import Iterator
from html import unescape

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from editorial import structured, translations
from editorial.feeds import FEEDS, feed_of_tag

register = template.Library()
register.filter(structured.language_tag)

STEP = re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)
ADDRESS = re.compile(r'href="([^"]*)"')
# Lists of pages, and the feed of each.
FEED_OF_LIST = {
    "disease_list": "diseases",
    "therapy_list": "therapies",
    "term_list": "glossary",
}


@register.simple_block_tag(takes_context=True)
def keep(context: Context, content: str, name: str) -> str:
    """Show a piece of the page, and keep it for what tells machines the same.

    {% keep "title" %}{% block title %}{% endblock %}{% endkeep %} … {{ kept_title }}
    """
    # A block has a scope of its own, and what is kept must outlive it: so in the widest one.
    context.dicts[0][f"kept_{name}"] = content
    return content


@register.filter
def as_attribute(markup: str) -> SafeString:
    """Kept markup as one line between quotation marks."""
    line = " ".join(strip_tags(markup).split())
    return mark_safe(line.replace('"', "&quot;"))  # noqa: S308 - escaped where it was shown


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The one address of what is shown: without filters, and with the number of a later page."""
    address = f"{settings.SITE_URL}{context['request'].path}"
    page = context.get("page_obj")
    number = getattr(page, "number", 1)
    if number > 1 and not context.get("chips"):
        address += f"?page={number}"
    return address


@register.simple_tag(takes_context=True)
def feeds(context: Context) -> list[dict[str, str]]:
    """The feeds that a reader of this page may want to follow, the nearest first."""
    match = context["request"].resolver_match
    view = match.view_name if match else ""
    found = []
    # An address without such a tag is answered by the page of what was not found.
    if view == "tag" and "tag" in context:
        found.append(feed_of_tag(context["tag"]))
    names = [FEED_OF_LIST[view]] if view in FEED_OF_LIST else []
    found += [FEEDS[name] for name in [*names, "articles", "corrections"]]
    return [{"title": str(feed.title), "url": feed.path} for feed in found]


@register.simple_tag(takes_context=True)
def in_other_languages(context: Context) -> list[tuple[str, str]]:
    """The same page in every language it has, as (hreflang, address), this one among them."""
    version = context.get("version")
    if version is None or not version.is_live:
        return []
    return translations.alternates(version.page)


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """The one block of data of a page: where it stands, and what its view told."""
    steps = list(_steps(context.get("kept_breadcrumbs") or ""))
    nodes = [structured.breadcrumbs(steps)] if len(steps) > 1 else []
    return structured.data_block([*nodes, *(context.get("structured") or ())])


def _steps(markup: str) -> Iterator[tuple[str, str]]:
    """The breadcrumbs as they are shown: so nothing else can be told."""
    for step in STEP.findall(markup):
        address = ADDRESS.search(step)
        name = " ".join(unescape(strip_tags(step)).split())
        if name:
            yield name, unescape(address[1]) if address else ""
