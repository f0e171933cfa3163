"""What is done to several versions at once: to all of them, or to none."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from editorial.models import Page, Version
from editorial.refusals import Refused

Deed = Callable[[Version], None]
Refusals = list[tuple[Version, str]]


def try_on_all(pks: Iterable[int], deed: Deed) -> Refusals:
    """Which versions the deed would be refused for, and why. Nothing is changed."""
    return _on_all(pks, deed, is_trial=True)


def do_to_all(pks: Iterable[int], deed: Deed) -> Refusals:
    """Do it to all of them; if it is refused for any, to none. Returns the refusals."""
    return _on_all(pks, deed, is_trial=False)


@transaction.atomic
def _on_all(pks: Iterable[int], deed: Deed, *, is_trial: bool) -> Refusals:
    refusals = []
    for version in _taken(sorted(pks)):
        try:
            with transaction.atomic():
                deed(version)
        except Refused as refused:
            refusals.append((version, str(refused)))
    if refusals or is_trial:
        # What was to follow the commit, such as a mail, is forgotten with it.
        transaction.set_rollback(True)
    return refusals


def _taken(pks: Sequence[int]) -> list[Version]:
    """Locked before the first deed takes the lock of the ledger, the last of a transaction: pages
    first, as everywhere, and in one order for everybody.
    """
    pages = Page.objects.filter(versions__in=pks).values("pk")
    list(Page.objects.select_for_update(no_key=True).filter(pk__in=pages).order_by("pk"))
    versions = Version.objects.select_for_update(of=("self",), no_key=True)
    return list(versions.select_related("page", "page__owner").filter(pk__in=pks).order_by("pk"))
