from collections import defaultdict
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase


class TagQuerySet(models.QuerySet["Tag"]):
    def current(self) -> Self:
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def diseases(self) -> Self:
        return self.current().filter(kind=Tag.Kind.DISEASE)

    def therapies(self) -> Self:
        return self.current().filter(kind=Tag.Kind.THERAPY)

    def standing(self) -> list["Tag"]:
        """These tags as readers know them: in the place of a merged one, what it became. Once."""
        tags = self.select_related("merged_into")
        return list(dict.fromkeys(tag.merged_into or tag for tag in tags))

    def with_descendants(self) -> set[int]:
        """The ids of these tags, of every tag below them, and of those merged into any of them.

        One query more.
        """
        children = defaultdict(list)
        for pk, parent, successor in Tag.objects.values_list("pk", "parent", "merged_into"):
            children[successor or parent].append(pk)
        found: set[int] = set()
        waiting = list(self.values_list("pk", flat=True))
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting.extend(children[pk])
        return found


class Tag(TagBase):
    """A word of the controlled vocabulary."""

    class Kind(models.TextChoices):
        DISEASE = "disease", _("disease")
        THERAPY = "therapy", _("therapy")
        CELL_TYPE = "cell_type", _("cell type")
        THEME = "theme", _("theme")

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.THEME)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text=_("The tag that took this one's place. Tagged rows stay as they are."),
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_tag_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
            ),
            models.CheckConstraint(
                name="a_tag_is_not_merged_into_itself",
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("pk")),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


class TagSynonym(models.Model):
    """Another word for a tag: what readers type and documents say."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="a_synonym_means_one_tag")]

    def __str__(self) -> str:
        return self.name


class VersionTag(ItemBase):
    """A tag on a version."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="version_tags")
    content_object = models.ForeignKey(
        "editorial.Version", on_delete=models.CASCADE, related_name="version_tags"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="a_version_carries_a_tag_once"
            )
        ]
