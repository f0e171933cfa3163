"""The three kinds of page of this room, as proxies of Version.

Their managers keep to their kind; `_base_manager`, which relations use, stays unfiltered.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.models import Version
from editorial.models.version import VersionQuerySet
from editorial.states import Kind


class KindManager(models.Manager.from_queryset(VersionQuerySet)):
    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self):
        return super().get_queryset().of_kind(self.kind)


class Article(Version):
    objects = KindManager(Kind.ARTICLE)

    class Meta:
        proxy = True


class Disease(Version):
    objects = KindManager(Kind.DISEASE)

    class Meta:
        proxy = True
        verbose_name = _("disease page")


class Therapy(Version):
    objects = KindManager(Kind.THERAPY)

    class Meta:
        proxy = True
        verbose_name = _("therapy page")
        verbose_name_plural = _("therapy pages")
