"""Preview links: addresses at which people without an account read an unpublished version.

The address holds the row's number and its signature: no secret is stored, and none can be forged.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from editorial import ledger, talking
from editorial.models import Comment, PreviewLink, Version
from editorial.refusals import NotAllowed, NotReady, Refused, WrongState
from editorial.rights import require
from editorial.states import OPEN_STATES

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

SIGNER = Signer(salt="editorial.preview", sep=".")
USUAL_DAYS, MOST_DAYS = 7, 30
COMMENTS_AN_HOUR = 20


class TooMany(Refused):
    """More comments came by one link than people write."""


@transaction.atomic
def share(
    version: Version, *, by: "Person", now: datetime, made_for: str = "", days: int = USUAL_DAYS
) -> PreviewLink:
    """A link that shows an open version, whatever it says by then, for some days."""
    require(by, "view_version")
    if not 1 <= days <= MOST_DAYS:
        raise NotReady(_("A preview link lasts between 1 and %(most)s days.") % {"most": MOST_DAYS})
    taken = Version.objects.select_for_update(of=("self",), no_key=True)
    version = taken.select_related("page").get(pk=version.pk)
    if version.state not in OPEN_STATES:
        raise WrongState(
            _("This version is %(state)s: only an open version is shared by a preview link.")
            % {"state": version.get_state_display()}
        )
    link = PreviewLink.objects.create(
        version=version,
        made_by=by,
        made_for=" ".join(made_for.split())[: PreviewLink._meta.get_field("made_for").max_length],
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    ledger.record("made preview link", by=by, now=now, version=version, comment=link.made_for)
    return link


@transaction.atomic
def revoke(link: PreviewLink, *, by: "Person", now: datetime) -> None:
    """End a link before its time."""
    if not may_revoke(by, link):
        raise NotAllowed(
            _("Only who made a preview link, an editor or a publisher can end it: ask one of them.")
        )
    if not PreviewLink.objects.valid(now).filter(pk=link.pk).update(revoked_at=now):
        raise WrongState(_("This preview link has ended already."))
    ledger.record(
        "revoked preview link", by=by, now=now, version=link.version, comment=link.made_for
    )


def may_revoke(by: "Person", link: PreviewLink) -> bool:
    if not by.has_perm("editorial.view_version"):
        return False
    keeps_any = by.has_perm("editorial.edit_any_version") or by.has_perm(
        "editorial.publish_version"
    )
    return keeps_any or link.made_by_id == by.pk


def address_of(link: PreviewLink) -> str:
    return reverse("preview", args=[SIGNER.sign(str(link.pk))])


def link_of(token: str) -> PreviewLink | None:
    """The link of an address, valid or not; None for an address that was never given out."""
    try:
        pk = int(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return PreviewLink.objects.select_related("version__page", "made_by").filter(pk=pk).first()


@transaction.atomic
def comment_by_link(link: PreviewLink, *, name: str, now: datetime, text: str) -> Comment:
    """A guest's comment. Raises TooMany when more come than people write, WrongState too late."""
    link = PreviewLink.objects.select_for_update(of=("self",), no_key=True).get(pk=link.pk)
    if not PreviewLink.objects.valid(now).filter(pk=link.pk).exists():
        raise WrongState(_("This preview has ended, so no comment can be left here any more."))
    if link.comments.filter(written_at__gt=now - timedelta(hours=1)).count() >= COMMENTS_AN_HOUR:
        raise TooMany(
            _(
                "Many comments have come by this link within the hour: wait a while, then "
                "send yours."
            )
        )
    return talking.comment_as_guest(link, name=name, now=now, text=text)
