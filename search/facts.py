"""What only one kind of page says, beside its body, for the index: a reader sees it on the page,
and so must find it.
"""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from articles.models import ArticleFacts, TherapyFacts
from evidence.models import CheckedClaim
from glossary.models import Distinction, TermFacts

SAID: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (ArticleFacts, ("question", "bottom_line")),
    (TherapyFacts, ("status_note", "cells")),
    (TermFacts, ("why_it_matters", "example", "often_misused")),
    (Distinction, ("difference",)),
    (CheckedClaim, ("quote", "why")),
)


def said_by(versions: QuerySet) -> dict[int, list[str]]:
    """The sentences of these versions. A query for each kind of fact."""
    found: dict[int, list[str]] = defaultdict(list)
    for model, columns in SAID:
        rows = model.objects.filter(version__in=versions).order_by("pk")
        for version, *texts in rows.values_list("version", *columns):
            found[version].extend(text for text in texts if text)
    return found


def abbreviations(versions: QuerySet) -> dict[int, list[str]]:
    """The abbreviation of each of these versions that is a term and has one."""
    rows = TermFacts.objects.filter(version__in=versions).exclude(abbreviation="")
    return {version: [short] for version, short in rows.values_list("version", "abbreviation")}
