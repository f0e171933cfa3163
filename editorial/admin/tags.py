import taggit.admin  # noqa: F401 - registers taggit's own tags, which this site does not use
from django.contrib import admin
from taggit.models import Tag as TaggitTag

from editorial.admin.rows import NamedRowsInline
from editorial.models import Tag, TagSynonym

admin.site.unregister(TaggitTag)


class SynonymInline(NamedRowsInline):
    model = TagSynonym
    extra = 1


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "parent", "slug"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug", "synonyms__name"]
    autocomplete_fields = ["parent"]
    fields = ["name", "slug", "kind", "parent"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SynonymInline]

    def get_search_results(self, request, queryset, search_term):
        """Merged tags keep their rows, but nobody tags with them any more."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            found = found.current()
        return found, may_repeat

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
