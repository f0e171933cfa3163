"""Words in the words of schema.org: each a DefinedTerm of the glossary."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from editorial.states import Kind
from editorial.structured import Node, at, page_id, subject_id

if TYPE_CHECKING:
    from editorial.models import Version
    from editorial.rendering import Document


def glossary() -> Node:
    return {
        "@type": "DefinedTermSet",
        "@id": at("/glossary/#terms"),
        "name": _("Glossary"),
        "url": at("/glossary/"),
    }


def tell_term(document: "Document") -> None:
    """A step of rendering: the word and its meaning, on its own page."""
    version = document.version
    if version.page.kind != Kind.TERM:
        return
    term: Node = {
        "@type": "DefinedTerm",
        "name": version.title,
        "description": version.summary,
        "url": page_id(version),
        "termCode": version.page.slug,
        "inDefinedTermSet": glossary(),
    }
    if names := _other_names(version):
        term["alternateName"] = names
    document.tell(subject_id(version), term)
    document.tell(
        page_id(version),
        {"@type": "MedicalWebPage", "mainEntity": {"@id": subject_id(version)}},
    )


def _other_names(version: "Version") -> list[str]:
    facts = getattr(version, "term_facts", None)
    short = facts.abbreviation if facts else ""
    names = [short, *(it.name for it in version.also_called.all())]
    return list(dict.fromkeys(name for name in names if name))
