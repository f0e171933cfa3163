"""The comments of a version as people read them: in threads, open ones first."""

import html
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags

from editorial.models import Comment, Version
from editorial.parts import content

# How many answers of a thread, and how many threads, are shown before the rest is folded away.
ANSWERS_SHOWN = 4
THREADS_SHOWN = 20


@dataclass
class Thread:
    """A comment with its answers: the earlier ones are folded where there are many."""

    first: Comment
    answers: list[Comment] = field(default_factory=list)
    is_passage_gone: bool = False

    @property
    def earlier(self) -> list[Comment]:
        return self.answers[:-ANSWERS_SHOWN] if len(self.answers) > ANSWERS_SHOWN + 1 else []

    @property
    def latest(self) -> list[Comment]:
        return self.answers[len(self.earlier) :]


@dataclass
class Talk:
    """All that was said about a version: the newest threads in sight, the others folded."""

    open: list[Thread]
    resolved: list[Thread]
    count: int

    @property
    def newest(self) -> list[Thread]:
        return self.open[:THREADS_SHOWN]

    @property
    def older(self) -> list[Thread]:
        return self.open[THREADS_SHOWN:]


def talk_about(version: Version) -> Talk:
    """One query; with quoted passages, those that read the version's content as well."""
    comments = list(
        Comment.objects.filter(version=version)
        .select_related("author", "resolved_by")
        .order_by("written_at", "pk")
    )
    answers = defaultdict(list)
    for comment in comments:
        answers[comment.answers_id].append(comment)
    threads = [Thread(first, answers[first.pk]) for first in answers[None]]
    quoting = [thread for thread in threads if thread.first.quote]
    if quoting:
        words = _letters(" ".join(_texts(content(version))))
        for thread in quoting:
            thread.is_passage_gone = _letters(thread.first.quote) not in words
    threads.reverse()
    return Talk(
        open=[thread for thread in threads if thread.first.resolved_at is None],
        resolved=[thread for thread in threads if thread.first.resolved_at is not None],
        count=len(comments),
    )


def _texts(value: Any) -> Iterator[str]:
    """Every piece of text in the plain values of a version."""
    if isinstance(value, str):
        yield html.unescape(strip_tags(value))
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _letters(text: str) -> str:
    """Without any spaces: what was selected across two paragraphs has other ones than the text."""
    return "".join(text.split())
