"""What this room adds to a version: the facts of a term, and what it is not the same as."""

from django.utils.translation import gettext_lazy as _

from editorial.parts import Part

term_facts = Part(
    "term_facts",
    "glossary.TermFacts",
    ["abbreviation", "say_it_like", "why_it_matters", "example", "often_misused"],
    order_by=("pk",),
    kind="term",
    label=_("About the term"),
)
distinctions = Part(
    "distinctions",
    "glossary.Distinction",
    ["other_id", "difference"],
    kind="term",
    label=_("Not the same as"),
)
