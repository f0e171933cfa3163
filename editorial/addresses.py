"""Public addresses that moved: where each leads now, in one hop, inside this site."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import ledger, rendering
from editorial.models import Page
from editorial.refusals import NotReady, WrongState
from editorial.renderings import render_links_to
from editorial.rights import require
from editorial.states import State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

TAKEN = gettext_lazy("Another page has this address already: choose a different one.")


def destination_of(address: str) -> str:
    """Where readers of an old address are sent, or nothing."""
    found = Redirect.objects.filter(site=settings.SITE_ID, old_path=address)
    return found.values_list("new_path", flat=True).first() or ""


def live_page_at(address: str) -> Page | None:
    """The page that readers find at this address: a path, or the whole address of this site."""
    match = rendering.PAGE_ADDRESS.match(address.strip().removeprefix(settings.SITE_URL))
    if match is None:
        return None
    kind = rendering.KIND_OF_PATH[match[1]]
    return Page.objects.live().filter(kind=kind, slug=match[2]).first()


@transaction.atomic
def redirect(old: str, new: str) -> None:
    """Send readers of one path of this site to another, and those who came by older ones too.

    Nothing leads away from `new`: so no address takes two hops, and none leads in a circle.
    The caller moves the stamp.
    """
    for path in (old, new):
        if not path.startswith("/") or path.startswith("//") or "\\" in path:
            raise NotReady(_("Readers can only be sent to an address of this site."))
    free(new)
    if old == new:
        return
    ours = Redirect.objects.filter(site=settings.SITE_ID)
    ours.filter(new_path=old).update(new_path=new)
    ours.update_or_create(old_path=old, defaults={"new_path": new}, create_defaults=_row(old, new))


def free(address: str) -> None:
    """Whoever stands at an address is found there: it leads nowhere else any more."""
    free_all([address])


def free_all(addresses: Sequence[str]) -> None:
    Redirect.objects.filter(site=settings.SITE_ID, old_path__in=addresses).delete()


def _row(old: str, new: str) -> dict:
    return {"site_id": settings.SITE_ID, "old_path": old, "new_path": new}


def move_page(page: Page, *, slug: str, by: "Person", now: datetime) -> None:
    """Give a page another address. Readers of the old one are sent on; links to it follow.

    Raises NotReady for what is no address, WrongState for one that another page has.
    """
    require(by, "change_page")
    old = page.get_absolute_url()
    with transaction.atomic():
        page_now = Page.objects.take(page.pk)
        if page_now.slug != page.slug:
            raise WrongState(_("Somebody else has just moved this page: look at it again."))
        _give_slug(page, slug)
        new = page.get_absolute_url()
        if new == old:
            return
        versions = page.versions.exclude(published_at=None)
        live = versions.filter(state=State.LIVE).first()
        if versions.exists():
            _lead_on(old, new)
            if live:
                ledger.note_change(page, live.pk, now=now)
            else:
                ledger.move_stamp()
        else:
            free(new)
        ledger.record("moved page", by=by, now=now, page=page, comment=f"from {old}")
        # Until then the old address leads to the new one: a link that waits is not broken.
        transaction.on_commit(lambda: render_links_to(old, now=now), robust=True)


def _give_slug(page: Page, slug: str) -> None:
    held, page.slug = page.slug, slug.strip().lower()
    try:
        page.clean_fields(exclude={field.name for field in Page._meta.fields} - {"slug"})
        with transaction.atomic():
            page.save(update_fields=["slug"])
    except ValidationError as error:
        page.slug = held
        raise NotReady(
            _("An address has small letters, digits and hyphens only, at most 100 of them.")
        ) from error
    except IntegrityError as error:
        page.slug = held
        raise WrongState(TAKEN) from error


def _lead_on(old: str, new: str) -> None:
    """A withdrawn page may lead to another one: then its new address does, too."""
    elsewhere = destination_of(old)
    if elsewhere and elsewhere != new:
        redirect(new, elsewhere)
    else:
        redirect(old, new)
