"""Pages in HTML that need nothing but themselves: one file, no script, no address outside.

A page is a template under ``templates/`` that extends ``base.html`` and fills its blocks ``title``, ``summary`` and
``content``. Whatever is put into it is escaped.
"""

from checker.reports.html.rendering import render

__all__ = ["render"]
