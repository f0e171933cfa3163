"""Which sentences say what was done and not who did it."""

import re

FORMS_OF_BE = (
    r"(?:am|is|are|was|were|be|been|being|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|gets?|got)"
)
BETWEEN = (
    r"(?:(?:\w+ly|not|never|also|often|then|still|already|only|always|now|first|later|again|well"
    r"|all|both|each|soon|ever|just|so|too|even)\s+){0,3}"
)
# Participles that do not end in -ed.
IRREGULAR = (
    "begun bought bound broken brought built burnt caught chosen cut dealt done drawn driven eaten"
    " felt fought found forgotten frozen given grown heard held hidden hurt kept known laid led"
    " left lent lost made meant met paid proven put rebuilt run said seen sent set shown shut sold"
    " sought spent split spread stolen struck stuck taken taught thought thrown told torn"
    " understood undertaken withdrawn won worn written"
)
# They look like participles and say how somebody or something is.
ADJECTIVES = (
    "advanced aged bored concerned confused disabled disappointed embarrassed excited exhausted"
    " experienced frightened hundred indeed interested limited married naked need pleased prepared"
    " qualified red related relaxed relieved retired sacred satisfied scared skilled supposed"
    " surprised tired unrelated used worried"
)
PASSIVE = re.compile(
    rf"\b{FORMS_OF_BE}\s+{BETWEEN}(?!(?:{'|'.join(ADJECTIVES.split())})\b)"
    rf"(?:\w{{2,}}(?<!ee)ed|{'|'.join(IRREGULAR.split())})\b",
    re.IGNORECASE,
)


def is_passive(sentence: str) -> bool:
    """By form, not by grammar: a form of “be” or “get” and a participle, adverbs between them."""
    return PASSIVE.search(sentence) is not None
