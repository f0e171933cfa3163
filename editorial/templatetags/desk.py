from django import template

from editorial.admin.versions import address_of
from editorial.models import Version
from editorial.names import name_of

register = template.Library()

register.filter("admin_address", address_of)
register.filter(name_of)


@register.filter
def is_late(version: Version, now) -> bool:
    """Whether a scheduled version should be live by now. The clock strikes each minute."""
    return version.publish_at is not None and (now - version.publish_at).total_seconds() > 120
