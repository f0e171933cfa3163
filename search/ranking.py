"""Which pages answer a question, and which of them the reader means.

In the order of weight: pages that the question names, by title, also-called name or synonym, and
among these diseases and therapies before terms; pages that hold every word; then words by where
they stand, from the title down to the body. The weights were chosen on the tuning half of the
judged questions (tests/search/judged) and are reported on the other half.
"""

from collections.abc import Iterator, Sequence

from editorial.states import Kind
from search import engine
from search.engine import Query
from search.everyday import SUBJECT
from search.names import Names, Run
from search.spelling import spellings
from search.words import COMMON_WORDS, Reading, name_key, singular

# What a word counts for in each field. The best field counts, of the others SHARE.
FIELDS = {
    "title": 5.0,
    "names": 4.0,
    "tag_words": 1.5,
    "summary": 3.5,
    "messages": 3.0,
    "body": 1.0,
}
CALLED = {name: FIELDS[name] for name in ("title", "names")}
SHARE = 0.4
# A word that stands in the title or a name just as it was typed, or in its plural or singular.
JUST_SO = 2.0
# Another name of what was typed counts for less; common words of questions for little.
ANOTHER_NAME = 0.4
COMMON = 0.25
# What a page gains that the whole question, or a part of it, names; less by a synonym of its tag.
WHOLE, PART, BY_SYNONYM = 30.0, 20.0, 0.7
KIND = {Kind.DISEASE: 1.0, Kind.THERAPY: 0.6, Kind.TERM: 0.7, Kind.ARTICLE: 0.7}
# A term beside a disease or a therapy is named in passing.
IN_PASSING = 0.3
EVERY_WORD = 8.0
# What pages of a kind gain before others that hold the words as well.
FIRST = {Kind.DISEASE: 3.0, Kind.THERAPY: 4.0, Kind.ARTICLE: 2.0}
# What a page gains that carries the tag of the disease or therapy that is named, and how much more
# if it is of these kinds.
TAGGED = 3.0
TAGGED_OF_KIND = {Kind.DISEASE: 1.0, Kind.THERAPY: 5.0, Kind.TERM: 2.0}
# What the pages gain of what a name belongs to: the tag above, the tags of a term.
NEAR = 8.0
# A name of several words whose words stand apart counts for less.
APART = 0.3
TAG_FIELDS = {Kind.DISEASE: "disease", Kind.THERAPY: "therapy"}
# So that no question becomes a search for hundreds of phrases.
MOST_OTHER_NAMES = 8


def query_of(reading: Reading, names: Names, *, loosely: bool = False) -> Query:
    """The pages that hold every word that matters, or that a word of it names; `loosely`, those
    that hold most of the words.
    """
    if not reading:
        return engine.nothing()
    runs = list(names.runs(reading.telling))
    telling = [run for run in runs if not _is_common(run)] or runs
    phrases = [_anywhere(words) for words in reading.phrases]
    held = [_held(run) for run in telling]
    every_word = engine.all_of([*phrases, *held])
    weighed = [*phrases, *(_weighed(run) for run in runs)]
    better = [
        *(engine.scoring(engine.word("kind", kind), gain) for kind, gain in FIRST.items()),
        *_meant(reading, runs, every_word),
    ]
    if len(weighed) == 1 and not _near(runs):
        # One word or phrase, which need not be looked for twice.
        wanted = engine.preferring(weighed[0], better)
    else:
        found = every_word
        if loosely and held:
            found = engine.all_of([*phrases, engine.most_of(held)])
        elif len(telling) > 1:
            called = engine.either([_held(run, CALLED) for run in telling])
            found = engine.either([every_word, engine.all_of([*phrases, called])])
        elif not phrases:
            found = engine.either([every_word, *_near(telling)])
        whole = engine.scoring(every_word, EVERY_WORD)
        wanted = engine.preferring(engine.scoring(found, 0.0), [*weighed, whole, *better])
    left_out = [_anywhere(words) for words in reading.without]
    return engine.without(wanted, *left_out) if left_out else wanted


def _near(runs: Sequence[Run]) -> list[Query]:
    """The pages of what the named things belong to."""
    pages = {page_id for run in runs if not _is_common(run) for page_id in run.near}
    return [engine.number("page_id", page_id) for page_id in sorted(pages)]


def _is_common(run: Run) -> bool:
    return run.words[0] in COMMON_WORDS if len(run.words) == 1 else name_key(run.words) in SUBJECT


def _weighed(run: Run) -> Query:
    """Pages with a run, by how much it tells; more for its very words in a title or a name."""
    found = _held(run, just_so=True)
    return engine.weighing(found, COMMON) if _is_common(run) else found


def _held(run: Run, fields: dict[str, float] = FIELDS, *, just_so: bool = False) -> Query:
    """Pages with the words of a run, in either spelling, or with another name of the same thing."""
    forms = [_in_either_spelling(word, fields, just_so=just_so) for word in run.words]
    if len(forms) > 1:
        apart = engine.weighing(engine.all_of(forms), APART)
        forms = [apart, _anywhere(run.words, fields)]
    for other in run.others[:MOST_OTHER_NAMES]:
        forms.append(engine.weighing(_anywhere(other, fields), ANOTHER_NAME))
    return engine.best_of(forms) if len(forms) > 1 else forms[0]


def _in_either_spelling(word: str, fields: dict[str, float], *, just_so: bool) -> Query:
    forms = [_anywhere((form,), fields) for form in spellings(word)]
    found = engine.best_of(forms) if len(forms) > 1 else forms[0]
    if not just_so:
        return found
    # By the word itself, not by its stem: clinic is not clinical.
    written = dict.fromkeys((*spellings(word), *spellings(singular(word)), f"{word}s"))
    called = (engine.weighing(engine.word("called", form), JUST_SO) for form in written)
    return engine.preferring(found, called)


def _anywhere(words: Sequence[str], fields: dict[str, float] = FIELDS) -> Query:
    """These words side by side, in any of the fields."""
    return engine.best_of(
        (engine.weighing(engine.phrase(field, words), weight) for field, weight in fields.items()),
        rest=SHARE,
    )


def _meant(reading: Reading, runs: Sequence[Run], every_word: Query) -> Iterator[Query]:
    """What the pages gain that are called as the question is, or as a part of it."""
    whole = reading.key
    yield engine.scoring(engine.word("exact", whole), WHOLE * KIND[Kind.ARTICLE])
    pages = [(run, page) for run in runs for page in run.pages]
    has_subject = any(page.kind in TAG_FIELDS for _, page in pages)
    for run, page in pages:
        is_whole = name_key(run.words) == whole
        gain = (WHOLE if is_whole else PART) * KIND[Kind(page.kind)]
        if not page.is_own:
            gain *= BY_SYNONYM
        named = engine.number("page_id", page.page_id)
        if not is_whole and (_is_common(run) or page.kind == Kind.TERM):
            yield engine.scoring(named, gain * IN_PASSING)
            gain *= 1 - IN_PASSING
            named = engine.all_of([named, every_word])
            if has_subject or _is_common(run):
                continue
        yield engine.scoring(named, gain)
        if field := TAG_FIELDS.get(Kind(page.kind)):
            tagged = engine.word(field, page.tag)
            yield engine.scoring(tagged, TAGGED)
            for kind, more in TAGGED_OF_KIND.items():
                yield engine.scoring(engine.all_of([tagged, engine.word("kind", kind)]), more)
    for near in _near(runs):
        yield engine.scoring(near, NEAR)
