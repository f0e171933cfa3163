"""Who may do what: four groups, made again after each migration."""

from django.contrib.auth.models import Group, Permission
from django.db.models import TextChoices


class StaffRole(TextChoices):
    AUTHOR = "Author"
    EDITOR = "Editor"
    MEDICAL_REVIEWER = "Medical reviewer"
    PUBLISHER = "Publisher"


CONTENT = ("article", "disease", "therapy", "term", "version")
SEE_EVERYTHING = (
    *(f"view_{model}" for model in CONTENT),
    "view_page",
    "view_tag",
    "view_source",
    "view_regulatorystatus",
    "view_trustedsite",
    "view_promotion",
    "view_searchlog",
    "view_contributor",
    "view_event",
    # Of reports, authors and medical reviewers see those about pages that are theirs.
    "view_report",
    "view_helpfulcount",
)
WRITE = (
    *(f"{verb}_{model}" for verb in ("add", "change") for model in CONTENT),
    "submit_version",
)

PERMISSIONS: dict[StaffRole, tuple[str, ...]] = {
    StaffRole.AUTHOR: (*SEE_EVERYTHING, *WRITE),
    StaffRole.EDITOR: (
        *SEE_EVERYTHING,
        *WRITE,
        "edit_any_version",
        "send_back_version",
        "sign_editorial",
        "correct_version",
        "assign_version",
        "change_page",
        "answer_report",
        *(f"{verb}_tag" for verb in ("add", "change")),
        *(f"{verb}_source" for verb in ("add", "change")),
        *(f"{verb}_regulatorystatus" for verb in ("add", "change", "delete")),
        *(f"{verb}_trustedsite" for verb in ("add", "change", "delete")),
        *(f"{verb}_promotion" for verb in ("add", "change", "delete")),
        "import_documents",
    ),
    StaffRole.MEDICAL_REVIEWER: (*SEE_EVERYTHING, "send_back_version", "sign_medical"),
    StaffRole.PUBLISHER: (
        *SEE_EVERYTHING,
        "publish_version",
        "assign_version",
        "change_page",
        "answer_report",
        *(f"{verb}_contributor" for verb in ("add", "change")),
    ),
}
ROOMS = ("editorial", "evidence", "articles", "glossary", "search")


def make_groups() -> None:
    """The four groups with exactly the permissions of the table. Safe to repeat."""
    known = {
        permission.codename: permission
        for permission in Permission.objects.filter(content_type__app_label__in=ROOMS)
    }
    for role, codenames in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set([known[name] for name in codenames if name in known])
