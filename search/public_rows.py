"""What readers see of this room: each change moves the stamp. See `editorial.public_rows`."""

from editorial.public_rows import NO_PAGE, PublicRows

ROWS = [
    PublicRows("search_promotion", ("words", "key", "page_id", "position"), shown_around=NO_PAGE)
]
