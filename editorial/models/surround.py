from django.db import models
from django.utils.translation import gettext_lazy as _


class Surround(models.Model):
    """What stands around a rendering on its whole page, as every reader gets it.

    Derived, made by the clock, and let go by the database itself as soon as anything that it may
    show has changed: a page without one is put together when it is read.
    """

    rendering = models.OneToOneField(
        "editorial.Rendering", on_delete=models.CASCADE, related_name="surround"
    )
    before = models.TextField()
    after = models.TextField()
    made_with = models.CharField(max_length=64, help_text=_("The release that made it."))

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["made_with"], name="surround_made_with")]

    def __str__(self) -> str:
        return f"around rendering {self.rendering_id}"
