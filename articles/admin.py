from django.contrib import admin

from articles.models import (
    Article,
    ArticleFacts,
    Code,
    Disease,
    DiseaseFacts,
    Therapy,
    TherapyFacts,
)
from editorial.admin.versions import OneRowInline, PartInline, VersionAdmin
from editorial.states import Kind
from evidence.admin.rows import AnyCitationInline, CheckedClaimInline, CitationInline, ClaimInline


class ArticleFactsInline(OneRowInline):
    model = ArticleFacts
    autocomplete_fields = ["document"]


class DiseaseFactsInline(OneRowInline):
    model = DiseaseFacts


class CodeInline(PartInline):
    model = Code
    fields = ["position", "system", "code", "label"]


class TherapyFactsInline(OneRowInline):
    model = TherapyFacts


@admin.register(Article)
class ArticleAdmin(VersionAdmin):
    kind = Kind.ARTICLE
    inlines = [
        ArticleFactsInline,
        *VersionAdmin.inlines,
        ClaimInline,
        CheckedClaimInline,
        AnyCitationInline,
    ]


@admin.register(Disease)
class DiseaseAdmin(VersionAdmin):
    kind = Kind.DISEASE
    inlines = [
        DiseaseFactsInline,
        *VersionAdmin.inlines,
        ClaimInline,
        CitationInline,
        CodeInline,
    ]


@admin.register(Therapy)
class TherapyAdmin(VersionAdmin):
    kind = Kind.THERAPY
    inlines = [TherapyFactsInline, *VersionAdmin.inlines, ClaimInline, CitationInline]
