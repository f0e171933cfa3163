"""Log lines, for people or as one JSON object a line for machines, and nobody's data in either.

Errors while a reader is being answered are told by kind and place in the code: their words often
repeat what somebody typed. Elsewhere, e-mail and network addresses are struck out of the words.
"""

import json
import logging
import re
import traceback
from http import HTTPStatus
from ipaddress import ip_address

from django.http import HttpRequest

from stemcell_site.watching import seen

E_MAIL = re.compile(r"""[^\s@"'<>(){},;:=]{1,64}@[^\s@"'<>(){},;:=]{1,253}""")
NUMBERS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:.]{3,45})(?![\w.])")


class PlainFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        watched = seen.current()
        named = f" [{watched.id}]" if watched else ""
        line = (
            f"{self.formatTime(record)} {record.levelname} {record.name}{named}: {words_of(record)}"
        )
        return f"{line}\n{told}" if (told := error_of(record)) else line


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": words_of(record),
        }
        if watched := seen.current():
            line["request"] = watched.id
        if told := error_of(record):
            line["exception"] = told
        return json.dumps(line, ensure_ascii=False)


def words_of(record: logging.LogRecord) -> str:
    """What Django tells of a request holds its path, host or referrer: said in other words."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return strike_out(record.getMessage())
    what = record.name.rpartition(".")[2]
    if what == "request" and (status := getattr(record, "status_code", None)):
        what = f"{status} {HTTPStatus(status).phrase}"
    return f"{what}: {seen.place_of(request)}"


def error_of(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    error = record.exc_info[1]
    if seen.current() is None and not hasattr(record, "request"):
        return strike_out("".join(traceback.format_exception(error)).rstrip())
    return "\n".join(_without_words(error))


def _without_words(error: BaseException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    told = [*_without_words(before), "and then"] if before else []
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    kind = type(error)
    return [*told, *([frames] if frames else []), f"{kind.__module__}.{kind.__qualname__}"]


def strike_out(text: str) -> str:
    return NUMBERS.sub(_unless_ours, E_MAIL.sub("[e-mail]", text))


def _unless_ours(match: re.Match[str]) -> str:
    """This machine's own address is nobody's; times and versions are none."""
    try:
        address = ip_address(match[0])
    except ValueError:
        return match[0]
    return match[0] if address.is_loopback or address.is_unspecified else "[address]"


FORMATTERS: dict[str, type[logging.Formatter]] = {"plain": PlainFormatter, "json": JsonFormatter}
