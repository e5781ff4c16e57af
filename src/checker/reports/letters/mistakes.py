"""Mistakes in a template, told to whoever edits it in Word: which field, in which paragraph."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from checker.model.diagnostic import DataError, Diagnostic
from checker.model.place import Place
from checker.reports.layout import clean
from checker.reports.letters.sandbox import NoText

_LONGEST: Final = 80

_UNDEFINED: Final = re.compile(r"'([^']*)' is undefined|has no (?:attribute|element) '?([^']*)'?$")

_SYNTAX: Final = (
    (re.compile(r"refused tag"), "模板里不能用「macro」「import」「include」「extends」「call」"),
    (re.compile(r"kept text"), "「set」里不能拼接，「join」里不能再有「join」，要拼接的直接写在文里"),
    (re.compile(r"too deep"), "循环套得太深，最多四层"),
    (re.compile(r"unknown tag '(end\w+)'"), "「{0}」前面没有与它成对的开头"),
    (re.compile(r"unknown tag '([^']*)'"), "不认识标签「{0}」"),
    (re.compile(r"Unexpected end of template.*?'(end\w+)'", re.S), "缺少「{{% {0} %}}」，开头和结尾要成对"),
    (re.compile(r"No filter named '([^']*)'"), "不能用过滤器「{0}」"),
    (re.compile(r"No test named '([^']*)'"), "不能用判断「{0}」"),
    (re.compile(r"unexpected char '(.)'"), "不认识的符号「{0}」"),
    (re.compile(r"unexpected '(.)'"), "此处多了或者少了「{0}」"),
    (re.compile(r"expected token '([^']*)', got '([^']*)'"), "该写「{0}」的地方写了「{1}」"),
)
"""What Jinja complains of, in its words and in ours."""


def mistake(name: str, error: Exception, paragraph: str, fields: Iterable[str]) -> DataError:
    """What is to be told of an error while a template was filled in."""
    message, expected = _told(error, tuple(fields))
    text = " ".join(clean(paragraph).split())
    quote = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    where = f"，所在的段落是「{quote}」" if quote else ""
    diagnostic = Diagnostic(
        code="letter-template",
        message=f"文书模板「{name}」{message}{where}",
        at=Place(file=name),
        quote=quote,
        expected=expected,
        help="改正模板后再运行；可以用的字段用「checker letters --fields」查看",
        meanwhile="没有写出任何文书",
    )
    return DataError((diagnostic,))


def _told(error: Exception, fields: tuple[str, ...]) -> tuple[str, str]:
    match error:
        case UndefinedError():
            found = _UNDEFINED.search(str(error))
            name = (found[1] or found[2]) if found is not None else str(error)
            near = difflib.get_close_matches(name, fields, n=3, cutoff=0.5)
            return f"用了没有的字段「{clean(name)}」", f"相近的字段：{'、'.join(near)}" if near else ""
        case SecurityError():
            return "用了模板里不许用的写法（不能调用方法、取内部的属性、做乘方）", "只用字段、循环、判断和列明的过滤器"
        case TemplateSyntaxError():
            return _syntax(error.message or ""), ""
        case NoText():
            return "把列表当成文字", "用「{% for 项 in 列表 %}」逐项写，或者用「列表|join('；')」连成一句"
        case _:
            return f"填不进去（{clean(str(error)) or type(error).__name__}）", ""


def _syntax(message: str) -> str:
    for pattern, ours in _SYNTAX:
        found = pattern.search(message)
        if found is not None:
            return ours.format(*map(clean, found.groups()))
    return f"写法有误（{clean(message)}）"
