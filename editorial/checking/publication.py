"""Checks of how a page is published: by whom, how it was made, how often it is reviewed."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext as _

from editorial.checks import Finding
from editorial.rulebook import Rule, of_rule
from editorial.states import HowMade, Kind

if TYPE_CHECKING:
    from editorial.models import Version

LONGEST_MONTHS, LONGEST_MONTHS_OF_THERAPIES = 36, 12


@of_rule("P04")
def the_site_says_who_publishes_and_pays(version: "Version", rule: Rule) -> Iterator[Finding]:
    for what, template in settings.PAGES_ABOUT_THE_PUBLISHER.items():
        if not is_written(template):
            yield rule.found(
                _(
                    "The site has no page that says %(what)s (“%(template)s”). "
                    "Whoever runs the site writes it."
                )
                % {"what": what, "template": template},
                text=template,
                part="site",
            )


@cache
def is_written(template: str) -> bool:
    """Whether there is such a page, with a text of its own in the frame of the site."""
    try:
        source = get_template(template).template.source  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return False
    return "{% block main %}" in source


@of_rule("P05")
def says_how_it_was_made(version: "Version", rule: Rule) -> Iterator[Finding]:
    if version.how_made not in HowMade.values:
        yield rule.found(
            _("Choose how it was made: written by people, with the help of AI, or translated."),
            part="how_made",
        )


@of_rule("P06")
def is_reviewed_often_enough(version: "Version", rule: Rule) -> Iterator[Finding]:
    is_therapy = version.page.kind == Kind.THERAPY
    most = LONGEST_MONTHS_OF_THERAPIES if is_therapy else LONGEST_MONTHS
    if version.page.review_months > most:
        yield rule.found(
            _(
                "It is to be reviewed every %(review_months)s months; for a page "
                "like this %(most)s is the most. An editor can change it on the "
                "page’s own form."
            )
            % {"review_months": version.page.review_months, "most": most},
            part="page",
        )
