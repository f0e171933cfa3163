from django.contrib import admin

from editorial.admin.versions import AlsoCalledInline, OneRowInline, PartInline, VersionAdmin
from editorial.states import Kind
from glossary.models import Distinction, Term, TermFacts


class TermFactsInline(OneRowInline):
    model = TermFacts


class DistinctionInline(PartInline):
    model = Distinction
    autocomplete_fields = ["other"]
    fields = ["position", "other", "difference"]


@admin.register(Term)
class TermAdmin(VersionAdmin):
    kind = Kind.TERM
    inlines = [TermFactsInline, AlsoCalledInline, DistinctionInline]
