"""The shipped rules are laid out in the one way."""

from checker.language.packs import load_files, shipped_folder
from checker.language.tidying import tidied


def test_every_shipped_file_is_canonical():
    sources = load_files([str(shipped_folder())])
    assert len(sources) > 30
    assert [source.name for source in sources if tidied(source).data != source.data] == []
