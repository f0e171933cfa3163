"""What belongs to a version in rows of its own, in this room or in a higher one.

A part is listed by dotted path in `settings.VERSION_PARTS`. It turns a version's rows into plain
values and back, and so gives the version its hash, its copies and its differences without this
room knowing what a claim or a definition is.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from editorial.wording import Line, as_text, words_of

if TYPE_CHECKING:
    from editorial.models import Version

Row = dict[str, Any]


class Part:
    """Rows of one model that hold a foreign key to the version.

    `fields` are the attributes that count, foreign keys by their `_id`; `kind` the one kind of page
    that has such rows, where not every kind has them; `label` what people call them. A subclass
    whose rows hold rows of their own, or that names its targets by a key, overrides `rows`,
    `write` and `lines_of`.
    """

    def __init__(
        self,
        name: str,
        model: str,
        fields: Sequence[str],
        *,
        version_field: str = "version",
        order_by: Sequence[str] = ("position", "pk"),
        kind: str = "",
        label: str | Promise = "",
    ) -> None:
        self.name = name
        self.label = label or capfirst(name.replace("_", " "))
        self.model_label = model
        self.fields = tuple(fields)
        self.version_field = version_field
        self.order_by = tuple(order_by)
        self.kind = kind

    @property
    def model(self):
        return apps.get_model(self.model_label)

    @property
    def accessor(self) -> str:
        """The name under which a version has these rows."""
        return self.model._meta.get_field(self.version_field).remote_field.get_accessor_name()

    def tables(self) -> list[tuple[str, str]]:
        """The tables frozen with a version: (table, column that holds the version's id)."""
        column = self.model._meta.get_field(self.version_field).column
        return [(self.model._meta.db_table, column)]

    def kin(self) -> list[tuple[str, str, str, str, str]]:
        """Rows of the same version that rows of this part point to: (table, its version column,
        the pointing column, the table pointed to, its version column).
        """
        return []

    def stored(self, version: "Version"):
        return self.model.objects.filter(**{self.version_field: version}).order_by(*self.order_by)

    def rows(self, version: "Version") -> list[Row]:
        """The rows as plain values, in order: what the hash covers and a copy takes over."""
        return list(self.stored(version).values(*self.fields))

    def write(self, version: "Version", rows: Sequence[Row]) -> None:
        """Put these rows in the place of those the version has. Equal rows are left alone."""
        present = self.rows(version)
        if canonical(rows) == canonical(present):
            return
        if present:
            self.stored(version).delete()
        self.model.objects.bulk_create(self.made(version, rows))

    def write_new(self, given: "Sequence[tuple[Version, Sequence[Row]]]") -> list[list[Row]]:
        """The rows, or what `derive` would make of them, of versions that have none yet, together.

        Returns what `rows` tells of each from now on.
        """
        made = [self.made(version, rows) for version, rows in given]
        self.model.objects.bulk_create(chain.from_iterable(made))
        return [[self.plain(row) for row in mine] for mine in made]

    def made(self, version: "Version", rows: Sequence[Row]) -> list[Model]:
        """Objects of these rows, not saved yet."""
        has_position = "position" in {field.name for field in self.model._meta.fields}
        return [
            self.model(
                **{self.version_field: version},
                **({"position": position} if has_position else {}),
                **row,
            )
            for position, row in enumerate(rows)
        ]

    def plain(self, row: Model) -> Row:
        """The values of one object, as they come back from the database."""
        field_of = self.model._meta.get_field
        return {name: field_of(name).to_python(getattr(row, name)) for name in self.fields}

    def lines(self, version: "Version") -> list[Line]:
        """The rows in words, in order, for whoever compares two versions."""
        return self.lines_of(self.rows(version))

    def lines_of(self, rows: Sequence[Row]) -> list[Line]:
        """Plain values in words, whether or not a version still has them, in today's names."""
        return [self.line(row) for row in self.with_targets(rows)]

    def line(self, row: Model) -> Line:
        """Of a row with one field its value; of others each field that is filled in, by name."""
        pairs = list(self.in_words(row))
        if len(self.fields) == 1:
            return Line(pairs[0][1] if pairs else "")
        return Line(as_text(pairs))

    def in_words(self, row: Model) -> Iterator[tuple[str, str]]:
        return words_of(row, self.fields)

    def with_targets(self, rows: Sequence[Row]) -> list[Model]:
        """Objects not for saving, together with what they point to: one query for each field."""
        fields = [self.model._meta.get_field(name) for name in self.fields]
        found = [
            self.model(**{it.attname: it.to_python(row.get(it.attname)) for it in fields})
            for row in rows
        ]
        prefetch_related_objects(found, *(it.name for it in fields if it.is_relation))
        return found

    def names_in(self, body: str) -> Mapping[str, str]:
        """What keys that stand in a body, if this part knows them, are called by people."""
        return {}

    def derive(self, version: "Version") -> None:
        """Bring rows that follow from the text into line with it, at the end of an edit."""


class TagsPart(Part):
    """Tags, by id: a tag's name and slug may change, what was signed does not."""

    def rows(self, version: "Version") -> list[Row]:
        return list(self.stored(version).order_by("tag_id").values("tag_id"))

    def write(self, version: "Version", rows: Sequence[Row]) -> None:
        """Tags have no order: the same tags in another one, or twice, are no edit."""
        super().write(version, self.in_order(rows))

    def write_new(self, given: "Sequence[tuple[Version, Sequence[Row]]]") -> list[list[Row]]:
        return super().write_new([(version, self.in_order(rows)) for version, rows in given])

    def in_order(self, rows: Sequence[Row]) -> list[Row]:
        return [{"tag_id": pk} for pk in sorted({row["tag_id"] for row in rows})]

    def lines_of(self, rows: Sequence[Row]) -> list[Line]:
        """In the order of their names: a renamed tag is no change."""
        return sorted(super().lines_of(rows), key=lambda line: line.text)


also_called = Part("also_called", "editorial.AlsoCalled", ["name"], label=_("Also called"))
key_messages = Part("key_messages", "editorial.KeyMessage", ["text"], label=_("Key messages"))
tags = TagsPart(
    "tags",
    "editorial.VersionTag",
    ["tag_id"],
    version_field="content_object",
    order_by=("tag_id",),
    label=_("Tags"),
)


@cache
def version_parts() -> tuple[Part, ...]:
    return tuple(import_string(path) for path in settings.VERSION_PARTS)


def parts_of(version: "Version") -> list[Part]:
    """The parts that a version of this kind of page can have."""
    return [part for part in version_parts() if part.kind in ("", version.page.kind)]


def names_in(body: str) -> dict[str, str]:
    """What the keys of sources in this body are called by people."""
    return {key: name for part in version_parts() for key, name in part.names_in(body).items()}


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, dates in ISO form."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder
    )


def content(version: "Version") -> dict[str, Any]:
    """Everything a sign-off covers, as plain values. A version not saved yet has no rows."""
    is_new = version.pk is None
    text = {name: getattr(version, name) for name in version.TEXT_FIELDS}
    return text | {part.name: [] if is_new else part.rows(version) for part in parts_of(version)}


def content_hash(version: "Version") -> str:
    """The hash of everything a sign-off covers."""
    return hash_of(content(version))


def hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the canonical form."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def copy_parts(source: "Version", target: "Version") -> None:
    for part in parts_of(source):
        part.write(target, part.rows(source))


def derive_parts(version: "Version") -> None:
    for part in parts_of(version):
        part.derive(version)
