"""Findings in the words of the form they stand beside."""

from django import template
from django.utils.translation import gettext_lazy as _

from editorial.models import Version

register = template.Library()

# What the parts of a version are called, where their name does not say it.
NAMES = {
    "body": _("the body"),
    "title": _("the title"),
    "summary": _("the summary"),
    "key_messages": _("the key messages"),
    "also_called": _("the other names"),
    "claims": _("the claims"),
    "checked_claims": _("the claims we checked"),
    "citations": _("the sources cited"),
    "tags": _("the tags"),
    "how_made": _("how it was made"),
    "evidence_searched_on": _("evidence searched to"),
    "site": _("the whole site"),
}
# Parts that are no field and no rows of their own on the form, and where they are mended.
MENDED_AT = {"citations": "id_body", "site": "content-main", "page": "content-main"}
FIELDS = {*Version.TEXT_FIELDS, "tags"}


@register.filter
def part_name(part: str) -> str:
    return str(NAMES.get(part) or part.replace("_", " "))


@register.filter
def part_id(part: str) -> str:
    """The id, on the form, of the field or of the rows that hold this part."""
    return MENDED_AT.get(part) or (f"id_{part}" if part in FIELDS else f"{part}-group")
