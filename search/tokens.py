"""Text as the index knows it: plain words between spaces, medical names kept whole.

Both sides go through `prepare`: what is indexed, and what is asked. So IL-6, IL 6 and il6 are one
word, as are anti-TNF and anti TNF, CAR-T and CAR T, type 1, type-1 and "type one"; CD34+ is found
as CD34. Done here and not by the engine's own regular expressions, which took four times as long.
"""

import re
import unicodedata

GREEK = {
    "α": " alpha ",
    "β": " beta ",
    "γ": " gamma ",
    "δ": " delta ",
    "κ": " kappa ",
}
_APOSTROPHES = "’‘ʼ`´′"
_HYPHENS = "\u2010\u2011\u2012\u2212\ufe63\uff0d"


def _letters() -> dict[str, str]:
    """One plain letter for each accented one, so that a folded text is as long as the text."""
    plain = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            plain[chr(code)] = base
    others = {"ß": "s", "æ": "a", "œ": "o", "ø": "o", "đ": "d", "ł": "l", "Ø": "o", "Ł": "l"}
    return plain | others | dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-")


_LETTERS = _letters()
# Most letters need no look: `str.translate` with a table asks for each one of a text that is not
# all ASCII, and takes 50 times as long over a page. For one that is all ASCII nothing is quicker.
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_APART = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
# Without one of these, or a number after a hyphen, a text holds no medical name of two parts.
_LEADING = frozenset({"anti", "car", "cd", "grade", "il", "phase", "positive", "type"})
_NUMBERED = re.compile(r"-(?=\d)")
_MEDICAL = re.compile(
    r"\b(?:"
    r"cd[ -]?(?P<cd>\d+[a-z]?)(?!\w)(?:\+|[ -]positive\b)?"
    r"|(?P<kind>type|grade|phase)[ -](?P<number>[1-4]|iv|i{1,3}|one|two|three|four)(?=[^\w]|$)"
    r"|car[ -]t(?=[^\w]|$)"
    r"|anti[ -](?P<anti>\w{2,})"
    r"|il (?P<il>\d+[a-z]?)(?=[^\w]|$)"
    r"|(?P<letters>[a-z]{1,6})-(?P<digits>\d+[a-z]?)(?=[^\w]|$)"
    r")"
)
_NUMBERS = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
}
_POSSESSIVE = re.compile(r"'(?<=\w')s?(?!\w)")
_NOT_A_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Small letters without accents. Exactly as long as the text: places in it stay what they are.

    A capital whose small form is two letters long stays as it is.
    """
    if text.isascii():
        return text.lower()
    low = text.lower()
    if len(low) != len(text):
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return _BEYOND_ASCII.sub(_plain, low)


def _plain(match: re.Match) -> str:
    return _LETTERS.get(match[0], match[0])


def prepare(text: str) -> str:
    """The words of a text as they are indexed and asked for, between single spaces."""
    text = fold(text)
    if not text.isascii():
        text = _BEYOND_ASCII.sub(_letter_or_space, text)
    if "'" in text:
        text = _POSSESSIVE.sub("", text).replace("'", "")
    words = _apart(text)
    if not _LEADING.isdisjoint(words) or _NUMBERED.search(text):
        words = _apart(_MEDICAL.sub(_whole, text))
    return " ".join(words)


def _apart(text: str) -> list[str]:
    return (text.translate(_APART) if text.isascii() else _NOT_A_WORD.sub(" ", text)).split()


def _letter_or_space(match: re.Match) -> str:
    letter = match[0]
    return GREEK.get(letter) or (letter if letter.isalnum() else " ")


def _whole(match: re.Match) -> str:
    if number := match["cd"]:
        return f"cd{number} "
    if kind := match["kind"]:
        return f"{kind}{_NUMBERS.get(match['number'], match['number'])}"
    if letters := match["letters"]:
        return f"{letters}{match['digits']}"
    if number := match["il"]:
        return f"il{number}"
    return f"anti{match['anti']}" if match["anti"] else "cart"
