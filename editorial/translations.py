"""A page in other languages: which of them are public."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import override

from editorial.structured import at, language_tag

if TYPE_CHECKING:
    from editorial.models import Page

# For readers of a language that the page does not have: what was translated.
FOR_OTHERS = "x-default"

Alternates = list[tuple[str, str]]


def is_in_one_language() -> bool:
    """A site in one language has no translations, and asks the database for none."""
    return len(settings.LANGUAGES) < 2


def in_its_language(page: "Page") -> AbstractContextManager[None]:
    """Within it, what stands around the text of a page is told in the language of the page."""
    return nullcontext() if is_in_one_language() else override(page.language)


def alternates(page: "Page") -> Alternates:
    """The page in each language in which it is live, as (hreflang, address). One query at most.

    Nothing where there is no second one.
    """
    root = page.translation_of_id or page.pk
    return alternates_of([root]).get(root, []) if not is_in_one_language() else []


def alternates_of(roots: Iterable[int]) -> dict[int, Alternates]:
    """`alternates` for many pages, by the page that the others translate. One query."""
    from editorial.models import Page

    roots = set(roots)
    pages = (
        Page.objects.live()
        .filter(Q(pk__in=roots) | Q(translation_of__in=roots))
        .annotate(root=Coalesce(F("translation_of"), F("pk")))
        .order_by("language", "pk")
    )
    families: dict[int, list[Page]] = defaultdict(list)
    for page in pages:
        families[page.root].append(page)
    return {root: _told(root, family) for root, family in families.items() if len(family) > 1}


def _told(root: int, family: "list[Page]") -> Alternates:
    told = [(language_tag(page.language), at(page.get_absolute_url())) for page in family]
    first = [at(page.get_absolute_url()) for page in family if page.pk == root]
    return [*told, *((FOR_OTHERS, address) for address in first)]
