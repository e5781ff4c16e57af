"""The language server: what an editor asks about rule files, answered from text, core and fixtures.

Each question is a pure function in a file of its own, over a :class:`checker.lsp.view.View`; places count from 1 in
code points, as everywhere. ``server`` alone knows the protocol.
"""
