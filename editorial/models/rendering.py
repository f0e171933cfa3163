from django.db import models
from django.utils.translation import gettext_lazy as _


class Rendering(models.Model):
    """The public form of a live version: derived, made when it goes live, made again at will."""

    version = models.OneToOneField(
        "editorial.Version", on_delete=models.CASCADE, related_name="rendering"
    )
    html = models.TextField(help_text=_("The body, ready to be put into the page's template."))
    contents = models.JSONField(default=list, help_text=_("[[id, heading, level], …]"))
    references = models.JSONField(
        default=list, help_text=_("The sources cited, in the order of their numbers: [key, …]")
    )
    terms = models.JSONField(default=list, help_text=_("The glossary pages linked: [page id, …]"))
    words = models.PositiveIntegerField(default=0)
    rendered_at = models.DateTimeField()
    failing = models.TextField(
        blank=True, help_text=_("What blocking checks said when they last ran, a line each.")
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["checked_at"], name="rendering_checked_at")]

    def __str__(self) -> str:
        return f"rendering of {self.version_id}"
