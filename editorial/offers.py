"""Which moves a person may make with a version now: what its form offers them.

To be told beforehand is a kindness only. Each verb asks again, and refuses in words.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from editorial.rights import may_edit, may_take_next_step
from editorial.states import NEEDS_A_REVIEWER, Lane, Role, State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

    from editorial.models import Version


def offered(by: "Person", version: "Version") -> list[str]:
    """The verbs, the most likely one first."""
    return list(_while_open(by, version) if version.is_open else _once_closed(by, version))


def _while_open(by: "Person", version: "Version") -> Iterator[str]:
    state, may_write = version.state, may_edit(by, version)
    if state == State.DRAFT and may_write and by.has_perm("editorial.submit_version"):
        yield "submit"
    yield from _in_review(by, version)
    if by.has_perm("editorial.publish_version") and state == State.SCHEDULED:
        yield "unschedule"
    if state in NEEDS_A_REVIEWER and by.has_perm("editorial.send_back_version"):
        yield "send_back"
    if by.has_perm("editorial.assign_version"):
        yield "assign"
    if may_write and version.page.versions.exclude(pk=version.pk).exists():
        yield "revert"
    if may_write:
        yield "discard"


def _in_review(by: "Person", version: "Version") -> Iterator[str]:
    """What only somebody with no hand in the version may do."""
    state = version.state
    if state == State.DRAFT or not may_take_next_step(by, version):
        return
    if state == State.EDITORIAL_REVIEW:
        yield "sign_editorial"
    if state == State.MEDICAL_REVIEW:
        yield "sign_medical"
    if state in (State.APPROVED, State.SCHEDULED):
        yield "publish"
    if state == State.APPROVED:
        yield "schedule"
    if state in NEEDS_A_REVIEWER and version.assigned_to_id is None:
        yield "take"


def _once_closed(by: "Person", version: "Version") -> Iterator[str]:
    open_lanes = set(version.page.versions.open().values_list("lane", flat=True))
    if Lane.FULL not in open_lanes and by.has_perm("editorial.change_version"):
        yield "start"
    if not version.is_live:
        return
    if Lane.CORRECTION not in open_lanes and by.has_perm("editorial.correct_version"):
        signed = version.corrects or version
        if signed.sign_offs.filter(role=Role.MEDICAL).exists():
            yield "correct"
    if by.has_perm("editorial.publish_version"):
        yield "withdraw"
