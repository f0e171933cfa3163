"""A checked claim in the words of readers and in those of machines: schema.org's ClaimReview.

https://schema.org/ClaimReview. A verdict is given as its word: the vocabulary also knows numbers,
but a number would say more than the verdict does.
"""

from typing import Any

from django.conf import settings
from django.utils.text import capfirst

from evidence.models import CheckedClaim, Source


def who_said_it(source: Source) -> str:
    """The kind of text, and who gains by it, as its record says. A private one is not named."""
    kind = capfirst(source.get_kind_display())
    if not source.is_private:
        kind = f"{kind}: {source}"
    told = (kind, source.commercial_interest, source.design_note if source.is_private else "")
    return " ".join(f"{sentence.rstrip('.')}." for sentence in told if sentence)


def address_of(claim: CheckedClaim) -> str:
    """Its row in the table of its page."""
    return f"{claim.version.get_absolute_url()}#checked-claim-{claim.pk}"


def claim_review(claim: CheckedClaim) -> dict[str, Any]:
    """Nothing that the list does not show: no name and no address of whoever said it."""
    return {
        "@type": "ClaimReview",
        "url": f"{settings.SITE_URL}{address_of(claim)}",
        "claimReviewed": claim.quote,
        "itemReviewed": {"@type": "Claim", "description": who_said_it(claim.source)},
        "reviewRating": {"@type": "Rating", "alternateName": claim.get_verdict_display()},
        "reviewBody": claim.why,
        "author": {
            "@type": "Organization",
            "name": settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/",
        },
        "isPartOf": {
            "@type": "WebPage",
            "name": claim.version.title,
            "url": f"{settings.SITE_URL}{claim.version.get_absolute_url()}",
        },
        "citation": [_cited(citation.source) for citation in claim.citations.all()],
    }


def _cited(source: Source) -> dict[str, str]:
    cited = {"@type": "CreativeWork", "name": str(source)}
    if not source.is_private:
        cited["url"] = f"{settings.SITE_URL}{source.get_absolute_url()}"
    return cited
