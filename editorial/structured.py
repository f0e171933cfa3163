"""What pages tell machines, in the words of schema.org, as JSON-LD.

Nothing is told that the page does not show. What follows from the text is told when the text is
rendered and kept with it: `Document.tell`. Who stands behind it, and when, is told as it is shown.

Two traps of the vocabulary. There is no word for the day of the next review, and `expires` is not
one. `lastReviewed` and `reviewedBy` speak of a real person who read exactly this text: not of a
page that waits for one, and not of demonstration staff.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from editorial.states import Role, Specialty

if TYPE_CHECKING:
    from editorial.models import Contributor, SignOff, Version
    from editorial.reading import Provenance
    from editorial.rendering import Document

Node = dict[str, Any]

VOCABULARY = "https://schema.org"
# As Django's json_script: in a script no letter may begin a tag or an entity.
ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
# Those that the vocabulary has a word for: it knows no immunology.
SPECIALTIES = {
    Specialty.ENDOCRINOLOGY: "Endocrine",
    Specialty.GASTROENTEROLOGY: "Gastroenterologic",
    Specialty.HAEMATOLOGY: "Hematologic",
    Specialty.NEUROLOGY: "Neurologic",
    Specialty.RHEUMATOLOGY: "Rheumatologic",
}
# The parts of a text (`editorial.prose.PARTS`) that the vocabulary has a word for.
ASPECTS = {
    "harms": "RisksOrComplicationsHealthAspect",
    "alternatives": "TreatmentsHealthAspect",
    "daily-life": "LivingWithHealthAspect",
    "questions": "SeeDoctorHealthAspect",
}


def at(path: str) -> str:
    """The whole address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def word(name: str) -> str:
    """A value that the vocabulary itself defines."""
    return f"{VOCABULARY}/{name}"


def as_json_ld(nodes: Iterable[Node]) -> SafeString:
    """JSON-LD that is safe inside a script element."""
    told = {"@context": VOCABULARY, "@graph": list(nodes)}
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(ESCAPED))  # noqa: S308


def data_block(nodes: Iterable[Node]) -> SafeString:
    """A block of data in a page; nothing where there is nothing to tell. It is never run."""
    nodes = list(nodes)
    if not nodes:
        return SafeString("")
    return format_html('<script type="application/ld+json">{}</script>', as_json_ld(nodes))


# --- the site -----------------------------------------------------------------------------


def publisher() -> Node:
    """Who answers for every page."""
    return {
        "@type": "Organization",
        "@id": at("/#publisher"),
        "name": settings.SITE_NAME,
        "url": at("/"),
        "publishingPrinciples": at("/about/editorial-policy/"),
        "correctionsPolicy": at("/about/corrections/"),
    }


def website() -> Node:
    """The site, and how to search it."""
    return {
        "@type": "WebSite",
        "@id": at("/#site"),
        "name": settings.SITE_NAME,
        "url": at("/"),
        "publisher": publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": at("/search/?q={search_term_string}"),
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Node:
    """The way to a page, as (name, path) from home. Where one is needs no address."""
    return {"@type": "BreadcrumbList", "itemListElement": list(_numbered(steps))}


def item_list(items: Iterable[tuple[str, str]]) -> Node:
    """What a list shows, in its order, as (name, path)."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "url": at(path)}
            for position, (name, path) in enumerate(items, 1)
        ],
    }


def listed(versions: "Iterable[Version]") -> list[Node]:
    """The pages of a list; nothing where it is empty."""
    items = [(version.title, version.get_absolute_url()) for version in versions]
    return [item_list(items)] if items else []


def _numbered(steps: Iterable[tuple[str, str]]) -> Iterable[Node]:
    for position, (name, path) in enumerate(steps, 1):
        step: Node = {"@type": "ListItem", "position": position, "name": name}
        yield step | ({"item": at(path)} if path else {})


# --- one page -----------------------------------------------------------------------------


def page_id(version: "Version") -> str:
    return at(version.get_absolute_url())


def subject_id(version: "Version") -> str:
    """What the page is about: the disease, not the page."""
    return f"{page_id(version)}#subject"


def reading_page(version: "Version", behind: "Provenance") -> list[Node]:
    """The live page: its words at the top, its dates, and the people behind it."""
    if not version.is_live:
        return []
    page: Node = {
        "@type": "MedicalWebPage",
        "@id": page_id(version),
        "url": page_id(version),
        "name": version.title,
        "abstract": version.summary,
        "inLanguage": language_tag(version.page.language),
        "audience": {"@type": "Patient"},
        "publisher": publisher(),
    }
    if version.published_at:
        page["dateModified"] = version.published_at.date().isoformat()
    if writers := [person(it) for it in behind.writers if not it.is_demonstration]:
        page["author"] = writers
    if specialty := SPECIALTIES.get(Specialty(version.page.specialty)):
        page["specialty"] = word(specialty)
    return [page | _review(version, behind)]


def _review(version: "Version", behind: "Provenance") -> Node:
    reviewers = [it.contributor for it in behind.sign_offs if is_medical_review(it)]
    if behind.exemption or behind.is_demonstration or not reviewers or not version.reviewed_on:
        return {}
    return {
        "lastReviewed": version.reviewed_on.isoformat(),
        "reviewedBy": [person(it) for it in reviewers],
    }


def is_medical_review(sign_off: "SignOff") -> bool:
    """By a real person."""
    is_real = not (sign_off.is_demonstration or sign_off.contributor.is_demonstration)
    return sign_off.role == Role.MEDICAL and is_real


def person(contributor: "Contributor") -> Node:
    return {
        "@type": "Person",
        "name": contributor.name,
        "url": at(contributor.get_absolute_url()),
    }


def profile(contributor: "Contributor") -> list[Node]:
    """A contributor's own page. Demonstration staff are nobody."""
    if contributor.is_demonstration:
        return []
    whole = person(contributor) | {"jobTitle": contributor.role}
    return [{"@type": "ProfilePage", "url": whole["url"], "mainEntity": whole}]


def language_tag(code: str) -> str:
    """As HTML and feeds write it: en-GB."""
    language, _hyphen, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


# --- this room's own step of rendering ----------------------------------------------------


def tell_parts(document: "Document") -> None:
    """Where the page speaks of harms, of other treatments, of daily life."""
    address = page_id(document.version)
    parts = [
        {
            "@type": "HealthTopicContent",
            "name": heading,
            "url": f"{address}#{id}",
            "hasHealthAspect": word(ASPECTS[id]),
        }
        for id, heading, _level in document.contents
        if id in ASPECTS
    ]
    if parts:
        document.tell(address, {"@type": "MedicalWebPage", "hasPart": parts})
