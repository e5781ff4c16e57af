"""Text to core: decode, parse, resolve, lower, link. One file a pass; lark lives only here."""

from checker.language.compile import compile_packs
from checker.language.packs import load_packs, shipped_folder
from checker.language.site import Setting, Site, read_site
from checker.language.source import Source

__all__ = ["Setting", "Site", "Source", "compile_packs", "load_packs", "read_site", "shipped_folder"]
