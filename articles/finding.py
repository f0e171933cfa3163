"""How a list of pages is found: by the search room, which stands above this one.

`settings.FIND_IN_LISTS` names its function, as the other seams between rooms are named.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.utils.module_loading import import_string

from articles.filters import PageFilters
from articles.rows import rows_of


@dataclass(frozen=True)
class Wider:
    """A way to more results: the address without one filter, or without any, and how many it finds.

    `label` names the filter; empty where all of them go.
    """

    label: str
    url: str
    total: int


@dataclass(frozen=True)
class Listed:
    """One page of a list. Its rows are live versions; a search adds a `result` to each.

    `question` is what the search log calls these words and filters; None where no words were asked.
    `may_be_kept`: whether the same would be found until something public changes.
    """

    page_obj: Page
    corrected: str | None = None
    wider: list[Wider] = field(default_factory=list)
    question: Any = None
    may_be_kept: bool = True

    @property
    def context(self) -> dict[str, Any]:
        return {
            "page_obj": self.page_obj,
            "rows": rows_of(self.page_obj),
            "total": self.page_obj.paginator.count,
            "corrected": self.corrected,
            "wider": self.wider,
            "question": self.question,
        }


def find(filters: PageFilters, *, kind: str, size: int) -> Listed:
    """One page of what fits these filters, with counts of what each of their values would find.

    Raises Http404 past the end.
    """
    find_in_lists: Callable[..., Listed] = import_string(settings.FIND_IN_LISTS)
    return find_in_lists(filters, kind=kind, size=size)
