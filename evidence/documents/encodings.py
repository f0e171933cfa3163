"""From bytes to clean text: which encoding, and which characters stay."""

import codecs
import re
import unicodedata

from evidence.documents.document import Unreadable

BINARY = "The file does not hold text: it is binary data."
UNKNOWN = "The file's text encoding cannot be told: save it as UTF-8."

# Longest first: the mark of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", ""),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

# What a web page may declare and we follow; Python knows codecs that are no text encodings.
DECLARABLE = re.compile(
    r"(?:iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]|shift_jis|euc-jp|euc-kr"
    r"|gb2312|gbk|gb18030|big5)\Z",
    re.IGNORECASE,
)
# As browsers do: what calls itself Latin-1 is Windows-1252 in practice.
SAME_AS_WINDOWS = {"iso-8859-1", "latin1", "latin-1", "cp1252", "windows-1252"}

NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")

# Controls, lone surrogates, and characters that show nothing or turn the reading direction:
# databases refuse the first, matching words trips over the others.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
REPLACED = {
    "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\xa0": " ",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
REPLACEABLE = re.compile(f"[{''.join(REPLACED)}]")


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Clean text and warnings. Raises Unreadable for binary data and unknown encodings.

    `declared` is what the file itself says, as a web page may; UTF-8 that is valid beats it.
    """
    text, warnings = _decode(data, declared)
    controls = len(NOT_TEXT.findall(text))
    if controls * 200 > len(text):
        raise Unreadable(BINARY)
    if controls:
        warnings += (f"Left out characters that are not text ({controls}).",)
    return clean(text), warnings


def clean(text: str) -> str:
    """The text in NFC with plain line ends, without characters that nobody can see."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = REPLACEABLE.sub(lambda match: REPLACED[match.group()], text)
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def _decode(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding, name in MARKS:
        if data.startswith(mark):
            return _by_mark(data[len(mark) :] if encoding == "utf-8" else data, encoding, name)
    if b"\x00" in data and (encoding := _utf_16_without_mark(data)):
        return _by_mark(data, encoding, "UTF-16")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _not_utf_8(data, declared)


def _by_mark(data: bytes, encoding: str, name: str) -> tuple[str, tuple[str, ...]]:
    warnings = (f"Read as {name}: the file is not UTF-8.",) if name else ()
    try:
        return data.decode(encoding), warnings
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    if text.count("\ufffd") * 100 > len(text):
        raise Unreadable(BINARY)
    return text, (*warnings, "Some characters could not be read: the file may be damaged.")


def _utf_16_without_mark(data: bytes) -> str:
    """Western text in UTF-16 has a zero in nearly every second byte, always on the same side."""
    sample = data[:4096]
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else ""


def _not_utf_8(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    if data.count(0) or _share_of_controls(data) > 0.01:
        raise Unreadable(BINARY)
    if (text := _damaged_utf_8(data)) is not None:
        return text, ("Some characters could not be read: the file is damaged UTF-8.",)
    if DECLARABLE.match(declared) and declared.lower() not in SAME_AS_WINDOWS:
        return _as_declared(data, declared)
    return _windows_1252(data)


def _share_of_controls(data: bytes) -> float:
    sample = data[:65536]
    return len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", sample)) / max(len(sample), 1)


def _damaged_utf_8(data: bytes) -> str | None:
    """The text where it is UTF-8 but for a few bytes, as after a cut; None where it is not."""
    text = data.decode("utf-8", "replace")
    good = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    return text if good > 3 * text.count("\ufffd") else None


def _as_declared(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode(declared)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(UNKNOWN) from error
    return text, (f"Read as {declared}: the file is not UTF-8.",)


def _windows_1252(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError as error:
        raise Unreadable(UNKNOWN) from error
    # Western text is mostly plain letters; much above that is another script read wrongly.
    if sum(1 for byte in data if byte > 0x7F) * 4 > len(data):
        raise Unreadable(UNKNOWN)
    return text, ("Read as Windows-1252: the file is not UTF-8.",)
