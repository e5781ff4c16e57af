"""What is told of a template that cannot be used: which field, in which paragraph."""

import io
import zipfile

import docx
import pytest

from checker.model.diagnostic import DataError
from checker.reports.documents import Wish, written
from reports.letters.making import parts_of, run_of, template, text_of


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return run_of(tmp_path_factory.mktemp("run"))


def letters_with(report, folder, data, name="我的.docx"):
    path = folder / name
    path.write_bytes(data)
    return written("docx", report, Wish(str(path))).documents


def told(report, folder, data, name="我的.docx"):
    """The one complaint, without the folder."""
    with pytest.raises(DataError) as caught:
        letters_with(report, folder, data, name)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic.message.replace(f"{folder}/", ""), diagnostic.expected, diagnostic.help


@pytest.mark.parametrize(
    ("paragraphs", "message", "expected"),
    [
        (
            ["开头", "致{{ 主送机构 }}：", "结尾"],
            "文书模板「我的.docx」用了没有的字段「主送机构」，所在的段落是「致{{ 主送机构 }}：」",
            "相近的字段：主送机关",
        ),
        (
            ["{%p for 项 in 逾期事项 %}", "案号是{{ 项.案件号 }}。", "{%p endfor %}"],
            "文书模板「我的.docx」用了没有的字段「案件号」，所在的段落是「案号是{{ 项.案件号 }}。」",
            "相近的字段：案号、案件数、案件类型",
        ),
        (
            ["{% if 逾期数 %}有几项"],
            "文书模板「我的.docx」缺少「{% endif %}」，开头和结尾要成对，所在的段落是「{% if 逾期数 %}有几项」",
            "",
        ),
        (
            ["一", "{% endif %}二"],
            "文书模板「我的.docx」「endif」前面没有与它成对的开头，所在的段落是「{% endif %}二」",
            "",
        ),
        (
            ["{% 如果 逾期数 %}有{% endif %}"],
            "文书模板「我的.docx」不认识标签「如果」，所在的段落是「{% 如果 逾期数 %}有{% endif %}」",
            "",
        ),
        (
            ["{{ 截至|大写 }}"],
            "文书模板「我的.docx」不能用过滤器「大写」，所在的段落是「{{ 截至|大写 }}」",
            "",
        ),
        (
            ["共{{ 逾期事项 }}"],
            "文书模板「我的.docx」把列表当成文字，所在的段落是「共{{ 逾期事项 }}」",
            "用「{% for 项 in 列表 %}」逐项写，或者用「列表|join('；')」连成一句",
        ),
        (
            ["{{ 截至 }"],
            "文书模板「我的.docx」此处多了或者少了「}」，所在的段落是「{{ 截至 }」",
            "",
        ),
        (
            ["{{ 逾期数 / 0 }}"],
            "文书模板「我的.docx」填不进去（division by zero），所在的段落是「{{ 逾期数 / 0 }}」",
            "",
        ),
    ],
)
def test_a_mistake_is_told_with_its_paragraph(report, tmp_path, paragraphs, message, expected):
    assert told(report, tmp_path, template(*paragraphs))[:2] == (message, expected)


def test_a_mistake_in_a_cell_a_footer_and_a_tag_torn_by_word_is_found_too(report, tmp_path):
    cells = (("案号",), ("{%tr for 项 in 逾期事项 %}",), ("{{ 项.期限日 }}",), ("{%tr endfor %}",))
    assert "「期限日」，所在的段落是「{{ 项.期限日 }}」" in told(report, tmp_path, template(rows=cells))[0]
    document = docx.Document(io.BytesIO(template("文")))
    document.sections[0].footer.paragraphs[0].text = "{{ 页脚 }}"
    torn = document.add_paragraph("{{ 主送")
    torn.add_run("机构 }}").bold = True
    for wanted in ("主送机构", "页脚"):
        held = io.BytesIO()
        document.save(held)
        assert f"用了没有的字段「{wanted}」" in told(report, tmp_path, held.getvalue())[0]
        torn.clear()


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 截至.__class__ }}",
        "{{ 截至.upper() }}",
        "{{ '{0.__class__}'.format(截至) }}",
        "{{ 逾期事项.append(1) }}",
        "{{ 2 ** 99999 }}",
        "{{ '长' * 999999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ self }}",
        "{{ cycler }}",
        "{{ 逾期事项|attr('clear') }}",
        "{{ '长'|center(999999999) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro 甲() %}{{ 甲() }}{% endmacro %}",
        "{% set 甲 = 截至 %}{% set 甲 = 甲 ~ 甲 %}{{ 甲 }}",
        "{% set 甲 = [截至 + 截至] %}{{ 甲[0] }}",
        "{% set 甲 = 截至|join(截至) %}{{ 甲 }}",
        "{{ 截至|join(截至|join(截至)) }}",
        "{{ (截至|join('长'))|join('长') }}",
        "{% set 甲 %}{{ 截至 }}{{ 截至 }}{% endset %}{{ 甲 }}",
        "{% for 甲 in '一二' %}{% for 乙 in '一' %}{% for 丙 in '一' %}{% for 丁 in '一' %}"
        "{% for 戊 in '一' %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_a_template_can_do_nothing_but_show_its_values(report, tmp_path, text):
    message, _, help_ = told(report, tmp_path, template(text))
    assert message.startswith("文书模板「我的.docx」")
    assert help_ == "改正模板后再运行；可以用的字段用「checker letters --fields」查看"


def changed(data, **parts):
    """A template with parts put in or left out."""
    held = {**parts_of(data), **{name.replace("__", "/"): part for name, part in parts.items()}}
    return packed(held)


def packed(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            if part is not None:
                target.writestr(name, part)
    return made.getvalue()


def relation(kind, target):
    path = "word/_rels/document.xml.rels"
    data = template("文")
    line = (
        '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )
    return packed({**parts_of(data), path: parts_of(data)[path].replace(b"</Relationships>", line.encode())})


def typed(old, new):
    data = template("文")
    types = parts_of(data)["[Content_Types].xml"].replace(old, new)
    return packed({**parts_of(data), "[Content_Types].xml": types})


def fielded(*instructions):
    """A field whose instruction Word has torn into runs."""
    data = template("文")
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instructions)
    body = parts_of(data)["word/document.xml"].replace(b"</w:p>", f"{runs}</w:p>".encode(), 1)
    return packed({**parts_of(data), "word/document.xml": body})


MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "不是 Word 文件（.docx），或者已经损坏"),
        ("不是压缩包".encode(), "不是 Word 文件（.docx），或者已经损坏"),
        (template("文")[:2000], "不是 Word 文件（.docx），或者已经损坏"),
        (packed({"一.txt": b"x"}), "不是 Word 文件（.docx）"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "是旧版的 .doc 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设了密码，不能作模板"),
        (typed(MAIN, b"application/vnd.ms-word.document.macroEnabled.main+xml"), "带有宏，不能作模板"),
        (packed({**parts_of(template("文")), "word/vbaProject.bin": b"x"}), "带有宏，不能作模板"),
        (typed(b"wordprocessingml.document.main", b"wordprocessingml.template.main"), "是 .dotx 文件"),
        (packed({**parts_of(template("文")), "word/media/一.bmp": bytes(60_000_000)}), "过大"),
        (packed({**parts_of(template("文")), **{f"空/{n}": b"" for n in range(2001)}}), "过大"),
        (packed({**parts_of(template("文")), "word/document.xml": b" " * 3_000_000}), "文字部分过大"),
        (
            packed({**parts_of(template("文")), "word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
            "含有文档类型定义",
        ),
        (packed({**parts_of(template("文")), "word/document.xml": b"<w:document"}), "已经损坏"),
        (packed({**parts_of(template("文")), "word/_rels/document.xml.rels": b"<"}), "已经损坏"),
        (relation("image", "http://example.invalid/a.png"), "引用了文件之外的内容（image）"),
        (relation("oleObject", "file:///c:/a.xls"), "引用了文件之外的内容（oleObject）"),
        (fielded(" DDE", "AUTO cmd /c calc"), "含有会打开别处内容的域（DDEAUTO）"),
        (fielded(' includepicture "http://example.invalid/a.png"'), "含有会打开别处内容的域（INCLUDEPICTURE）"),
    ],
    ids=range(19),
)
def test_what_is_no_plain_word_document_is_refused(report, tmp_path, data, message):
    assert message in told(report, tmp_path, data)[0]


def test_fields_that_only_show_something_stay(report, tmp_path):
    found = letters_with(report, tmp_path, fielded(" PAGE ", ' HYPERLINK "https://example.invalid/" ', " NUMPAGES "))
    assert b"NUMPAGES" in parts_of(next(iter(found.values())))["word/document.xml"]


def test_a_link_to_a_page_stays_and_a_template_elsewhere_is_forgotten(report, tmp_path):
    found = letters_with(report, tmp_path, relation("hyperlink", "https://example.invalid/"))
    assert b"example.invalid" in parts_of(next(iter(found.values())))["word/_rels/document.xml.rels"]
    data = template("文")
    name = "word/_rels/settings.xml.rels"
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate" Target="http://example.invalid/a.dotm" TargetMode="External"/></Relationships>'
    )
    settings = parts_of(data)["word/settings.xml"].replace(
        b"<w:zoom",
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        b'r:id="rId1"/><w:zoom',
        1,
    )
    assert b"attachedTemplate" in settings
    found = letters_with(report, tmp_path, packed({**parts_of(data), name: rels, "word/settings.xml": settings}))
    made = parts_of(next(iter(found.values())))
    assert not [part for part, content in made.items() if b"example.invalid" in content or b"attachedTemp" in content]


@pytest.mark.parametrize(
    ("name", "category", "kind"),
    [
        ("我的.docx", "资料补充函", "资料补充函"),
        ("催办函（二）.docx", "", "催办函"),
        ("催办函.docx", "督办函", "督办函"),
        ("催办函.docx", "通知", "催办函"),
    ],
)
def test_the_kind_is_in_the_properties_or_in_the_name(report, tmp_path, name, category, kind):
    found = letters_with(report, tmp_path, template("{{ 文书 }}", category=category), name)
    assert {text_of(data) for data in found.values()} == {kind}


def test_a_template_of_no_kind_is_refused(report, tmp_path):
    message, _, help_ = told(report, tmp_path, template("文", category=""))
    assert message == "文书模板「我的.docx」没有写明是哪一种文书"
    assert "催办函" in help_


def test_a_folder_gives_its_templates_and_the_shipped_ones_besides(report, tmp_path):
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "催办函.docx").write_bytes(template("致{{ 主送机关 }}"))
    (tmp_path / "模板" / "~$催办函.docx").write_bytes(b"Word keeps its lock here")
    found = written("docx", report, Wish(str(tmp_path / "模板"))).documents
    assert text_of(found["催办函-法院.docx"]) == "致法院"
    assert "【待填：成文日期】" in text_of(found["评查报告.docx"])
    (tmp_path / "模板" / "另一个.docx").write_bytes(template("文"))
    with pytest.raises(DataError, match="都是催办函的模板"):
        written("docx", report, Wish(str(tmp_path / "模板")))
    (tmp_path / "空").mkdir()
    with pytest.raises(DataError, match="里没有"):
        written("docx", report, Wish(str(tmp_path / "空")))


def test_an_unknown_letter_is_answered_with_those_there_are(report):
    with pytest.raises(DataError) as caught:
        written("docx", report, Wish("表扬信"))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == "没有名为「表扬信」的文书，也没有这个模板文件"
    assert diagnostic.expected == "文书有：督办函、催办函、执法监督意见书、资料补充函、评查报告"


def test_without_the_library_it_is_said(report, monkeypatch):
    monkeypatch.setattr("checker.reports.letters.filling.find_spec", lambda _: None)
    with pytest.raises(DataError, match=r"checker\[letters\]"):
        written("docx", report, Wish())
