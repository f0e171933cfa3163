from .promotion import Promotion
from .search_log import SearchLog

__all__ = ["Promotion", "SearchLog"]
