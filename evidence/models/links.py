"""Where pages may lead outside, and whether those places still answer."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence import outbound


class TrustedSite(models.Model):
    """A site that pages may link to. Links to anywhere else stop publication."""

    host = models.CharField(
        max_length=200,
        unique=True,
        help_text=_("nhs.uk also covers www.nhs.uk and its other hosts."),
    )
    name = models.CharField(max_length=150)
    why = models.CharField(
        max_length=300, help_text=_("Who runs it, and why readers can trust it.")
    )
    gives_support = models.BooleanField(
        default=False, help_text=_("Helps patients, and sells no treatment.")
    )

    class Meta:
        ordering = ["host"]
        constraints = [
            models.CheckConstraint(name="a_trusted_site_has_its_host", condition=~Q(host=""))
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A host alone, whatever was pasted: nhs.uk for https://www.nhs.uk/conditions/."""
        super().clean()
        self.host = outbound.written_host(self.host)
        if not outbound.looks_like_a_host(self.host):
            raise ValidationError({"host": gettext("Give the name of the site, as in nhs.uk.")})


class OutboundLink(models.Model):
    """When an outside address was last asked, and what it answered."""

    url = models.URLField(max_length=500, unique=True)
    checked_at = models.DateTimeField()
    works = models.BooleanField()
    answer = models.CharField(max_length=200, help_text=_("“200 OK”, or why it does not answer."))

    class Meta:
        ordering = ["url"]

    def __str__(self) -> str:
        return f"{self.url}: {self.answer}"
