"""Who may make a move, and the sentence for who may not."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils.translation import gettext, gettext_lazy

from editorial.names import name_of
from editorial.refusals import NotAllowed
from editorial.states import State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person
    from django.db.models import QuerySet

    from editorial.models import Version


WHO_MAY = {
    "submit_version": gettext_lazy("Only an author or an editor can submit a version for review."),
    "send_back_version": gettext_lazy(
        "Only an editor or a medical reviewer can send a version back."
    ),
    "sign_editorial": gettext_lazy("Only an editor can give the editorial sign-off."),
    "sign_medical": gettext_lazy("Only a medical reviewer can give the medical sign-off."),
    "correct_version": gettext_lazy("Only an editor can make a quick correction."),
    "publish_version": gettext_lazy("Only a publisher can schedule, publish or withdraw."),
    "change_version": gettext_lazy("Only an author or an editor can write in a version."),
    "assign_version": gettext_lazy("Only an editor or a publisher can assign work to people."),
    "change_page": gettext_lazy(
        "Only an editor or a publisher can change a page’s address or owner."
    ),
    "view_version": gettext_lazy(
        "Only a member of the newsroom can read, share or comment on a version."
    ),
    "change_tag": gettext_lazy("Only an editor can change the tags."),
    "answer_report": gettext_lazy(
        "Only an editor or a publisher can take or close a report from a reader."
    ),
}


def require(by: "Person", permission: str) -> None:
    """Raise NotAllowed unless this person holds the permission of the newsroom."""
    if not by.has_perm(f"editorial.{permission}"):
        raise NotAllowed(WHO_MAY[permission])


def may_edit(by: "Person", version: "Version") -> bool:
    """Editors write in any open version; authors in drafts that they own or began."""
    if not version.is_open or not may_write_draft(by, version):
        return False
    return version.state == State.DRAFT or by.has_perm("editorial.edit_any_version")


def may_write_draft(by: "Person", version: "Version") -> bool:
    """Whether this person may write in it when it is, or is again, a draft."""
    if not by.has_perm("editorial.change_version"):
        return False
    is_theirs = by.pk in (version.created_by_id, version.page.owner_id)
    return by.has_perm("editorial.edit_any_version") or (is_theirs and not version.is_correction)


def require_edit(by: "Person", version: "Version") -> None:
    if may_edit(by, version):
        return
    require(by, "change_version")
    if not version.is_open:
        raise NotAllowed(
            gettext(
                "This version is %(state)s and can no longer be edited: start a new "
                "version instead."
            )
            % {"state": version.get_state_display()}
        )
    raise NotAllowed(
        gettext("An author writes in drafts of their own; ask an editor to change this one.")
    )


def require_no_other_hand(by: "Person", version: "Version", doing: str) -> None:
    """Raise NotAllowed if this person already wrote in the version or signed it."""
    if version.wrote.filter(user=by).exists():
        raise NotAllowed(
            gettext("You wrote in this version, so somebody else must %(doing)s it.")
            % {"doing": doing}
        )
    if version.sign_offs.filter(signed_by=by).exists():
        raise NotAllowed(
            gettext("You signed this version, so somebody else must %(doing)s it.")
            % {"doing": doing}
        )


def has_hand_in(by: "Person", version: "Version") -> bool:
    """Whether they wrote in this version or signed it."""
    wrote, signed = version.wrote.filter(user=by), version.sign_offs.filter(signed_by=by)
    return wrote.exists() or signed.exists()


# --- the next step ------------------------------------------------------------------------

# In each open state: the permission of the next step, what that step is, and who can do it.
NEXT_STEP = {
    State.DRAFT: (
        "change_version",
        gettext_lazy("go on writing this version"),
        gettext_lazy("choose an editor, or the author or owner of the page"),
    ),
    State.EDITORIAL_REVIEW: (
        "sign_editorial",
        gettext_lazy("give its editorial sign-off"),
        gettext_lazy("choose an editor who has not written in it"),
    ),
    State.MEDICAL_REVIEW: (
        "sign_medical",
        gettext_lazy("give its medical sign-off"),
        gettext_lazy("choose a medical reviewer who has neither written in it nor signed it"),
    ),
    State.APPROVED: (
        "publish_version",
        gettext_lazy("publish it"),
        gettext_lazy("choose a publisher who has neither written in it nor signed it"),
    ),
    State.SCHEDULED: (
        "publish_version",
        gettext_lazy("see to it that it goes live"),
        gettext_lazy("choose a publisher who has neither written in it nor signed it"),
    ),
}
IN_THE_DATABASE = "django.contrib.auth.backends.ModelBackend"


def may_take_next_step(person: "Person", version: "Version") -> bool:
    if not version.is_open:
        return False
    if version.state == State.DRAFT:
        return may_edit(person, version)
    permission, _, _ = NEXT_STEP[State(version.state)]
    return person.has_perm(f"editorial.{permission}") and not has_hand_in(person, version)


def require_next_step(person: "Person", version: "Version") -> None:
    """Raise NotAllowed, by name, if what comes next is not for this person to do."""
    if may_take_next_step(person, version):
        return
    _, step, who_can = NEXT_STEP[State(version.state)]
    name = name_of(person)
    raise NotAllowed(
        gettext("%(name)s cannot %(step)s: %(who_can)s.")
        % {"name": name, "step": step, "who_can": who_can}
    )


def able_to_take_next_step(version: "Version") -> "QuerySet[Person]":
    """Everybody whom `may_take_next_step` lets, in one query."""
    people = get_user_model().objects

    def holders(permission: str) -> "QuerySet[Person]":
        return people.with_perm(f"editorial.{permission}", backend=IN_THE_DATABASE)

    if not version.is_open:
        return people.none()
    if version.state == State.DRAFT:
        able = holders("edit_any_version") & holders("change_version")
        if not version.is_correction:
            theirs = [pk for pk in (version.created_by_id, version.page.owner_id) if pk]
            able |= holders("change_version").filter(pk__in=theirs)
    else:
        permission, _, _ = NEXT_STEP[State(version.state)]
        able = (
            holders(permission)
            .exclude(pk__in=version.wrote.values("user"))
            .exclude(pk__in=version.sign_offs.values("signed_by"))
        )
    return able.order_by("first_name", "last_name", "username")
