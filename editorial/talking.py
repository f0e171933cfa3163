"""Comments on a version: remarks, answers, and that a remark is settled.

A comment decides nothing, so it stands in no audit trail; that somebody called one settled, or
unsettled again, does.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import ledger, notices
from editorial.models import Comment, PreviewLink, Version
from editorial.refusals import NotReady, WrongState
from editorial.rights import require
from editorial.states import OPEN_STATES

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

MOST_LETTERS = 5000


@transaction.atomic
def comment(
    version: Version, *, by: "Person", now: datetime, text: str, quote: str = ""
) -> Comment:
    """A remark on a version, or on a passage of it."""
    require(by, "view_version")
    return _write(version, text, now=now, author=by, quote=_clean(quote))


@transaction.atomic
def answer(comment: Comment, *, by: "Person", now: datetime, text: str) -> Comment:
    """An answer in the thread of a comment. Threads are one level deep, whatever is answered."""
    require(by, "view_version")
    first = comment.answers or comment
    if Comment.objects.filter(pk=first.pk, resolved_at__isnull=False).exists():
        raise WrongState(_("This comment is resolved: reopen it to go on with it."))
    return _write(comment.version, text, now=now, author=by, answers=first)


@transaction.atomic
def comment_as_guest(link: PreviewLink, *, name: str, now: datetime, text: str) -> Comment:
    """A remark by somebody without an account, who came by a preview link."""
    if not name.strip():
        raise NotReady(_("Write your name, so that the authors know who is speaking."))
    guest = " ".join(name.split())[: Comment._meta.get_field("guest").max_length]
    return _write(link.version, text, now=now, guest=guest, preview_link=link)


def resolve(comment: Comment, *, by: "Person", now: datetime) -> None:
    """Call a comment settled, with all its answers."""
    _settle(comment, by=by, now=now, is_settled=True)


def reopen(comment: Comment, *, by: "Person", now: datetime) -> None:
    _settle(comment, by=by, now=now, is_settled=False)


@transaction.atomic
def _settle(comment: Comment, *, by: "Person", now: datetime, is_settled: bool) -> None:
    require(by, "view_version")
    version = _take_open(comment.version)
    first = comment.answers or comment
    waiting = Comment.objects.filter(pk=first.pk, resolved_at__isnull=is_settled)
    fields = {"resolved_at": now, "resolved_by": by} if is_settled else {}
    if not waiting.update(**({"resolved_at": None, "resolved_by": None} | fields)):
        raise WrongState(
            _("Somebody else has just resolved this comment.")
            if is_settled
            else _("Somebody else has just reopened this comment.")
        )
    verb = "resolved comment" if is_settled else "reopened comment"
    ledger.record(verb, by=by, now=now, version=version, comment=f"{first.by}: {first.text}")


def _write(version: Version, text: str, *, now: datetime, **fields) -> Comment:
    text = _clean(text)
    if not text:
        raise NotReady(_("The comment is empty: write what you want to say."))
    version = _take_open(version)
    comment = Comment.objects.create(version=version, text=text, written_at=now, **fields)
    told = _("%(by)s commented on “%(version)s”: %(text)s") % {
        "by": comment.by,
        "version": version,
        "text": comment.text,
    }
    for person in notices.people(_concerned(comment), but=comment.author):
        notices.give(person, told, version=version, now=now)
    return comment


def _take_open(version: Version) -> Version:
    """The version, locked so that it cannot close meanwhile."""
    taken = Version.objects.select_for_update(of=("self",), no_key=True)
    version = taken.select_related("page").get(pk=version.pk)
    if version.state not in OPEN_STATES:
        raise WrongState(
            _(
                "This version is %(state)s: its comments can be read, and no new "
                "ones written. Comment on the page’s open version instead."
            )
            % {"state": version.get_state_display()}
        )
    return version


def _concerned(comment: Comment) -> set[int | None]:
    """The ids of those whose text, signature, task, thread or guest this is."""
    version = comment.version
    ids = {version.assigned_to_id, version.page.owner_id, version.page.backup_owner_id}
    ids |= set(version.wrote.values_list("user", flat=True))
    ids |= set(version.sign_offs.values_list("signed_by", flat=True))
    if comment.answers:
        ids |= {comment.answers.author_id}
        ids |= set(comment.answers.answered_by.values_list("author", flat=True))
    link = comment.preview_link or (comment.answers and comment.answers.preview_link)
    return ids | {link.made_by_id} if link else ids


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:MOST_LETTERS]
