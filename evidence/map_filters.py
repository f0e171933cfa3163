import django_filters
from django.utils.translation import gettext_lazy as _

from editorial.filtering import PublicFilterSet
from evidence.map import Asked
from evidence.models import Source
from evidence.models.claim import Certainty, OutcomeKind
from evidence.summing_up import RANKS

DESIGNS = [(str(design), Source.Design(design).label) for design in RANKS]


class MapFilters(PublicFilterSet):
    """What a reader may ask of the evidence map.

    The map answers it by itself: claims left out by a query would change what a cell says of the
    harms, or of studies that found nothing.
    """

    outcome = django_filters.MultipleChoiceFilter(
        label=_("What was measured"), choices=OutcomeKind.choices, method="as_it_is"
    )
    certainty = django_filters.MultipleChoiceFilter(
        label=_("How sure"), choices=Certainty.choices, method="as_it_is"
    )
    study = django_filters.MultipleChoiceFilter(
        label=_("Best study"), choices=DESIGNS, method="as_it_is"
    )

    def as_it_is(self, queryset, name, value):
        return queryset

    @property
    def asked(self) -> Asked:
        return Asked(
            *(tuple(self.data.getlist(name)) for name in ("outcome", "certainty", "study"))
        )
