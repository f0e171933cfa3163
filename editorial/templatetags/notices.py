from typing import Any

from django import template
from django.template import Context

from editorial.models import Notice

register = template.Library()


@register.inclusion_tag("editorial/admin/_bell.html", takes_context=True)
def bell(context: Context) -> dict[str, Any]:
    """How many notices the person at this page has not read. One query, if no view told it."""
    if "unread_notices" in context:
        return {"unread": context["unread_notices"]}
    return {"unread": Notice.objects.of(context["request"].user).unread().count()}
