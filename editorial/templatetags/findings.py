"""Findings in the words of the form they stand beside."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editorial.checks import Finding
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
    "people": _("the contributors"),
    "sign_offs": _("the sign-offs"),
    "patients": _("what patients said"),
    "page": _("owner and review rhythm"),
    "site": _("the whole site"),
}
# Parts that are no field and no rows of their own on the form, and where they are on its page.
MENDED_AT = {"sign_offs": "standing", "patients": "patients", "site": "content-main"}
# Parts that have a form of their own.
ELSEWHERE = {
    "people": "admin:editorial_contributor_changelist",
    "citations": "admin:evidence_source_changelist",
}
FIELDS = {*Version.TEXT_FIELDS, "tags"}


@register.filter
def part_name(part: str) -> str:
    return str(NAMES.get(part) or part.replace("_", " "))


@register.filter
def place_of(finding: Finding, version: Version) -> str:
    """Where it is mended: a place on the form of the version, or an address of the admin."""
    if finding.part == "page":
        return reverse("admin:editorial_page_change", args=[version.page_id])
    if finding.part in ELSEWHERE:
        address = reverse(ELSEWHERE[finding.part])
        named = finding.text if finding.part == "citations" else ""
        # Several sources are named in one line: no search finds them all.
        return f"{address}?{urlencode({'q': named})}" if named and ", " not in named else address
    return f"#{part_id(finding.part)}"


def part_id(part: str) -> str:
    """The id, on the form, of the field or of the rows that hold this part."""
    return MENDED_AT.get(part) or (f"id_{part}" if part in FIELDS else f"{part}-group")
