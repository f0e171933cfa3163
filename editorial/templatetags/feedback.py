from typing import Any

from django import template
from django.utils import timezone

from editorial.feedback.helpful import heard_about
from editorial.models import Page

register = template.Library()


@register.inclusion_tag("editorial/admin/_heard.html")
def what_readers_said(page: Page) -> dict[str, Any]:
    """Of a page, on its history: how many it helped, and how many of their reports wait."""
    return {"page": page, "heard": heard_about(page, timezone.localdate())}
