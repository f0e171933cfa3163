"""What higher rooms hear of: sent after the transaction is committed."""

from django.dispatch import Signal

# Both are sent with `page` and `version`, the live version that came or went.
version_went_live = Signal()
version_left = Signal()
