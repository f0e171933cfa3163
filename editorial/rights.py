"""Who may make a move, and the sentence for who may not."""

from typing import TYPE_CHECKING

from editorial.refusals import NotAllowed
from editorial.states import State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

    from editorial.models import Version


WHO_MAY = {
    "submit_version": "Only an author or an editor can submit a version for review.",
    "send_back_version": "Only an editor or a medical reviewer can send a version back.",
    "sign_editorial": "Only an editor can give the editorial sign-off.",
    "sign_medical": "Only a medical reviewer can give the medical sign-off.",
    "correct_version": "Only an editor can make a quick correction.",
    "publish_version": "Only a publisher can schedule, publish or withdraw.",
    "change_version": "Only an author or an editor can write in a version.",
}


def require(by: "Person", permission: str) -> None:
    """Raise NotAllowed unless this person holds the permission of the newsroom."""
    if not by.has_perm(f"editorial.{permission}"):
        raise NotAllowed(WHO_MAY[permission])


def may_edit(by: "Person", version: "Version") -> bool:
    """Editors write in any open version; authors in drafts that they own or began."""
    if not version.is_open or not by.has_perm("editorial.change_version"):
        return False
    if by.has_perm("editorial.edit_any_version"):
        return True
    is_theirs = by.pk in (version.created_by_id, version.page.owner_id)
    return is_theirs and not version.is_correction and version.state == State.DRAFT


def require_edit(by: "Person", version: "Version") -> None:
    if may_edit(by, version):
        return
    require(by, "change_version")
    if not version.is_open:
        raise NotAllowed(
            f"This version is {version.get_state_display()} and can no longer be edited: "
            f"start a new version instead."
        )
    raise NotAllowed("An author writes in drafts of their own; ask an editor to change this one.")


def require_no_other_hand(by: "Person", version: "Version", doing: str) -> None:
    """Raise NotAllowed if this person already wrote in the version or signed it."""
    if version.wrote.filter(user=by).exists():
        raise NotAllowed(f"You wrote in this version, so somebody else must {doing} it.")
    if version.sign_offs.filter(signed_by=by).exists():
        raise NotAllowed(f"You signed this version, so somebody else must {doing} it.")
