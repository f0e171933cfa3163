"""What this room adds to a version."""

from django.utils.translation import gettext_lazy as _

from editorial.parts import Part

article_facts = Part(
    "article_facts",
    "articles.ArticleFacts",
    ["question", "bottom_line", "document_id"],
    order_by=("pk",),
    kind="article",
    label=_("About the article"),
)
disease_facts = Part(
    "disease_facts",
    "articles.DiseaseFacts",
    ["is_autoimmune"],
    order_by=("pk",),
    kind="disease",
    label=_("About the disease"),
)
codes = Part(
    "codes", "articles.Code", ["system", "code", "label"], kind="disease", label=_("Codes")
)
therapy_facts = Part(
    "therapy_facts",
    "articles.TherapyFacts",
    ["status", "status_note", "cells"],
    order_by=("pk",),
    kind="therapy",
    label=_("About the therapy"),
)
