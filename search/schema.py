"""The fields of the index, one document a live page. `engine.py` turns this into the engine's own.

Whoever changes a field, or how `tokens.prepare` cuts words, counts SCHEMA_VERSION up: an index of
another version is built again by itself.
"""

from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 3


@dataclass(frozen=True)
class Field:
    """`words`: prepared text, stemmed, with places for phrases. `vocabulary`: prepared text, as it
    is. `names`: whole values, looked up. `value`: one whole value, also sorted and counted by.
    `counted`: values that are counted: so many columns of one each and one for the rest, for the
    engine counts the values of such a column three times as quickly. `number`: looked up, compared
    and sorted by. `stored`: only handed back.
    """

    form: Literal["words", "vocabulary", "names", "value", "counted", "number", "stored"]
    columns: int = 0


FIELDS = {
    # What is looked up, and what a result shows: JSON, see `documents.document`.
    "page_id": Field("number"),
    "shown": Field("stored"),
    # What readers' words are looked for in, from the weightiest.
    "title": Field("words"),
    "names": Field("words"),
    "tag_words": Field("words"),
    "summary": Field("words"),
    "messages": Field("words"),
    "body": Field("words"),
    # The title and each also-called name, prepared, as one value; and the words of these alone.
    "exact": Field("names"),
    "called": Field("vocabulary"),
    # Every word of the page, as it is: what misspelt words are corrected from.
    "vocabulary": Field("vocabulary"),
    # Facets. Tags by slug, with every tag above them; counted as kind:slug, all in one.
    "kind": Field("value"),
    "disease": Field("names"),
    "therapy": Field("names"),
    "tag": Field("names"),
    "tags": Field("counted", columns=6),
    "certainty": Field("names"),
    "certainties": Field("counted", columns=2),
    # A day as its ordinal; 0 where there is none.
    "reviewed": Field("number"),
    # What lists are in the order of: the engine sorts by one field, so what decides between equals
    # is part of it, and every page of a list begins where the one before ended.
    "by_title": Field("value"),
    "by_newest": Field("value"),
}
# The document that is no page: it says up to which change the index has followed.
POSITION = 0
