"""Pages stand alone, and what is put into them stays text."""

import re
from pathlib import Path

import jinja2
import pytest

from checker.reports import html
from checker.reports.html import rendering

TEMPLATES = Path(html.__file__).parent / "templates"
PAGE = (
    '{% extends "base.html" %}{% block title %}{{ title }}{% endblock %}{% block content %}'
    '<p class="pre">{{ text }}</p>{{ nothing }}{% endblock %}'
)


@pytest.fixture
def page(monkeypatch, tmp_path):
    """``render`` with one more template."""
    real = jinja2.FileSystemLoader
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(jinja2, "FileSystemLoader", lambda folder, **more: real([folder, tmp_path], **more))
    return lambda **values: rendering.render("page.html", **values)


def test_user_text_is_escaped_and_cannot_hide(page):
    found = page(title="<b>甲</b>", text='<script>alert("x")</script>\n第二行\x1b[31m\u202e', nothing=None)
    assert found.count("&lt;b&gt;甲&lt;/b&gt;") == 2
    assert '<p class="pre">&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;\n第二行�[31m�</p>' in found
    assert "<script" not in found
    assert "None" not in found


def test_a_value_that_is_not_given_is_an_error(page):
    with pytest.raises(jinja2.UndefinedError):
        page(title="甲", text="乙")


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.*")), ids=lambda path: path.name)
def test_no_template_fetches_or_runs_anything(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"https?:|//[a-z]|<script|<link|<img|@import|url\((?!#)|\bon\w+=|\|\s*safe", text)


def test_the_frame_serves_light_dark_and_print():
    text = (TEMPLATES / "base.html").read_text(encoding="utf-8")
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
