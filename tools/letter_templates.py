"""Make the templates of letters that are shipped: ``.venv/bin/python tools/letter_templates.py``.

They are Word documents, so this is where a change to them is reviewed; a test compares what it makes with what is
shipped, part by part.
"""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from docx.document import Document
from docx.shared import Mm
from letter_layout import endnote, grid, numbered, page, rule_below, say, table

from checker.reports.packing import repacked

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "src" / "checker" / "reports" / "letters" / "templates"

_LIMITS: Final = "{{ 声明 }}。情况不同的，请以实际记录为准，并附送有关记录。"
_RECORD: Final = "{% if 项.记录 %}{{ 项.记录|join('；') }}{% else %}{{ 项.情形 }}{% endif %}"


def templates() -> dict[str, bytes]:
    """Every template by its file name."""
    made = {"督办函": _handle, "催办函": _urge, "执法监督意见书": _verify, "资料补充函": _supply, "评查报告": _review}
    return {f"{kind}.docx": _document(kind, make) for kind, make in made.items()}


def _document(kind: str, make: Callable[[Document], None]) -> bytes:
    document = page()
    make(document)
    facts = document.core_properties
    # Word and WPS keep the category when a template is edited and renamed: it says which kind of letter this is.
    facts.category, facts.title, facts.author, facts.comments = kind, kind, "", ""
    facts.created = facts.modified = dt.datetime(2000, 1, 1)
    held = io.BytesIO()
    document.save(held)
    return repacked(held.getvalue())


def _head(document: Document, title: str, signer: bool = False) -> None:
    """版头, title, 主送机关."""
    say(document, "【待填：发文机关】", "红头")
    number = "【待填：发文字号】" if signer else "【待填：代字】〔【待填：年】〕【待填：号】号"
    last = numbered(document, number, "【待填：签发人】" if signer else "")
    rule_below(last)
    say(document, title, "公文标题")


def _foot(document: Document, attached: Iterable[str] = ()) -> None:
    """附件说明, signature, date, contact."""
    names = list(attached)
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # a signature never stands on a page alone (7.3.5)
    blank = ["", f"附件：{names[0]}"] if names else []
    for text in (*blank, "", ""):
        say(document, text).paragraph_format.keep_with_next = True
    say(document, "【待填：发文机关署名，加盖印章】", "落款")
    say(document, "【待填：成文日期】", "落款")
    say(document, "（联系人：【待填：联系人】，电话：【待填：电话】）").paragraph_format.keep_with_next = True


def _handle(document: Document) -> None:
    _head(document, "关于{{ 案号 }}的督办函")
    say(document, "{{ 主送机关 }}：", "主送机关")
    say(
        document,
        "{{ 案号 }}{% if 案件类型 %}（{{ 案件类型 }}）{% endif %}一案交办、督办以后，"
        "依规范由{{ 称谓 }}办理或者报告的事项中，截至{{ 截至 }}，对照记录，下列{{ 事项数 }}项尚未见办理或者报告的记录"
        "{% if 逾期数 %}，其中{{ 逾期数 }}项期限已过{% endif %}。"
        "请依法依规办理，{% if 最近届满日 %}于期限届满前（最近的一项为{{ 最近届满日 }}）"
        "{% else %}并尽快{% endif %}将办理情况书面报告；已经办理的，请附送记录说明；"
        "不能按期办理的，请依规定报告原因、申请延期。",
    )
    say(document, "一、交办情况", "一级标题")
    say(document, "{%p for 次 in 交办 %}")
    say(document, "{{ 次 }}。")
    say(document, "{%p endfor %}")
    say(document, "二、请办理和报告的事项", "一级标题")
    table(
        document,
        ["序号", "事项", "届满日", "现有记录"],
        [2, 5, 6, 10],
        ("项 in 事项",),
        [
            "{{ 项.序号 }}",
            "{{ 项.规范 }}",
            "{{ 项.届满日 }}\n{{ 项.天数 }}{{ 项.未定原因 }}",
            _RECORD,
        ],
    )
    say(document, "三、期限的推算和依据", "一级标题")
    say(document, "{%p for 项 in 事项 %}")
    say(document, "{%p if 项.推算 or 项.未定原因 %}")
    say(
        document,
        "{{ 项.序号 }}. {{ 项.规范 }}：{% if 项.期限 %}{{ 项.期限|join('；') }}。{% endif %}"
        "{% if 项.推算 %}{{ 项.推算|join('；') }}；{% endif %}"
        "{% if 项.未定原因 %}{{ 项.未定原因 }}{% else %}届满日为{{ 项.届满日 }}{% endif %}。",
    )
    say(document, "{%p endif %}")
    say(document, "{%p endfor %}")
    _articles(document)
    say(document, "四、说明", "一级标题")
    say(document, f"本函只督促程序和时限，不涉及案件的事实认定、法律适用和处理结果。{_LIMITS}")
    _foot(document)
    endnote(document)


def _articles(document: Document, standing: bool = False) -> None:
    """What the findings rest on, each norm once; how each due date was reached stands with the finding."""
    say(document, "{%p for 条 in 规范列表 %}")
    say(document, "{%p if 条.依据 %}")
    told = "{% if 条.效力 %}效力：{{ 条.效力|join('；') }}。{% endif %}" if standing else ""
    counted = "{% if 条.算法依据 %}期限的算法：{{ 条.算法依据|join('；') }}。{% endif %}"
    say(document, f"{{{{ 条.规范 }}}}的依据：{{{{ 条.依据|join('；') }}}}。{counted}{told}")
    say(document, "{%p endif %}")
    say(document, "{%p endfor %}")


def _urge(document: Document) -> None:
    _head(document, "关于催办有关事项的函")
    say(document, "{{ 主送机关 }}：", "主送机关")
    say(
        document,
        "截至{{ 截至 }}，对照记录，{{ 称谓 }}有"
        "{% if 逾期数 %}{{ 逾期数 }}项期限已过、未见办理的记录{% if 临近数 %}，另有{% endif %}{% endif %}"
        "{% if 临近数 %}{{ 临近数 }}项在{{ 临近天数 }}日内届满{% endif %}。"
        "请逐项核对：已经办理的，附送记录；尚在办理的，请抓紧办理并报告原因；"
        "对期限或者责任机关有不同意见的，请说明理由。",
    )
    heads, widths = ["序号", "案号", "事项", "届满日", "现有记录和推算"], [13, 35, 21, 40, 47]
    cells = [
        "{{ 项.序号 }}",
        "{{ 项.案号 }}",
        "{{ 项.规范 }}",
        "{{ 项.届满日 }}\n{{ 项.天数 }}",
        "{% if 项.记录 %}{{ 项.记录|join('；') }}{% else %}{{ 项.情形 }}{% endif %}"
        "{% if 项.推算 %}。{{ 项.推算|join('；') }}{% endif %}",
    ]
    say(document, "{%p if 逾期事项 %}")
    say(document, "一、期限已过、未见办理记录的事项", "一级标题")
    table(document, heads, widths, ("项 in 逾期事项",), cells)
    say(document, "{%p endif %}")
    say(document, "{%p if 临近事项 %}")
    say(document, "{% if 逾期事项 %}二{% else %}一{% endif %}、{{ 临近天数 }}日内届满的事项", "一级标题")
    table(document, heads, widths, ("项 in 临近事项",), cells)
    say(document, "{%p endif %}")
    say(document, "{% if 逾期事项 and 临近事项 %}三{% else %}二{% endif %}、依据", "一级标题")
    _articles(document)
    say(document, _LIMITS)
    _foot(document)
    endnote(document)


def _verify(document: Document) -> None:
    _head(document, "执法监督意见书")
    say(document, "{{ 主送机关 }}：", "主送机关")
    say(
        document,
        "{% if 本机关 %}监督者先受监督。{% endif %}截至{{ 截至 }}，对照记录与规范条文，"
        "{{ 称谓 }}有{{ 案件数 }}件案件的{{ 事项数 }}项需要核实。请逐项核实，"
        "于收到本意见书之日起【待填：反馈期限】内书面反馈；对事实、条文或者推算有异议的，请在所附的反馈意见表里写明理由。"
        "反馈以前，下列各项都只是待核实的情形，不是结论。",
    )
    say(document, "一、待核实的情形", "一级标题")
    say(document, "{%p for 案 in 案件 %}")
    say(document, "（{{ 案.汉字序号 }}）{{ 案.案号 }}{% if 案.案件类型 %}（{{ 案.案件类型 }}）{% endif %}", "二级标题")
    say(document, "{%p for 项 in 案.事项 %}")
    say(document, "{{ 项.序号 }}. {{ 项.规范 }}：{{ 项.情形 }}（编号 {{ 项.编号 }}）。", "三级标题")
    for label, name in (("事实", "触发"), ("记录", "记录"), ("例外", "例外"), ("期限", "期限"), ("推算", "推算")):
        due = "；届满日为{{ 项.届满日 }}{% if 项.天数 %}，{{ 项.天数 }}{% endif %}" if name == "推算" else ""
        say(document, f"{{%p if 项.{name} %}}")
        say(document, f"{label}：{{{{ 项.{name}|join('；') }}}}{due}。")
        say(document, "{%p endif %}")
    say(document, "{%p endfor %}")
    say(document, "{%p endfor %}")
    say(document, "二、所依据的条文", "一级标题")
    _articles(document, standing=True)
    say(document, "三、说明", "一级标题")
    say(document, _LIMITS)
    _foot(document, ["反馈意见表"])
    say(document, "附件", "附件标识").paragraph_format.page_break_before = True
    say(document, "反馈意见表", "公文标题").paragraph_format.space_before = Mm(5)
    table(
        document,
        ["案号", "事项和编号", "单位意见\n（属实、不属实、有异议）", "理由和附送的记录"],
        [5, 6, 6, 7],
        ("行 in 反馈",),
        ["{{ 行.案号 }}", "{{ 行.规范 }}\n{{ 行.编号 }}", "", ""],
    )
    grid(
        document,
        [["对本意见书的其他意见或者异议", ""], ["单位（盖章）\n负责人签字、日期", ""]],
        [6, 18],
        Mm(24),
    )
    endnote(document)


def _supply(document: Document) -> None:
    _head(document, "关于补充有关资料的函")
    say(document, "{{ 主送机关 }}：", "主送机关")
    say(
        document,
        "截至{{ 截至 }}，"
        "{% if 缺资料案件 %}{{ 称谓 }}有{{ 案件数 }}件案件的{{ 事项数 }}项因资料不足，尚不能与规范对照。{% endif %}"
        "{% if 未读入 %}{% if 缺资料案件 %}另{% endif %}有{{ 未读入|length }}处读不了，所在的记录没有读入。{% endif %}"
        "请对照下表补充记录或者文书；确实没有的，请说明。没有收到资料以前，对这些事项不作任何结论。",
    )
    say(document, "{%p if 缺资料案件 %}")
    say(document, "一、需要补充的资料", "一级标题")
    table(
        document,
        ["案号", "缺少的资料", "补法", "待对照的规范"],
        [5, 7, 7, 5],
        ("案 in 缺资料案件", "缺 in 案.缺少"),
        [
            "{{ 案.案号 }}",
            "{{ 缺.资料 }}",
            "{{ 缺.补法 }}",
            "{% if 缺.规范数 > 3 %}{{ 缺.规范数 }}条{% else %}{{ 缺.规范 }}{% endif %}",
        ],
    )
    say(document, "{%p endif %}")
    say(document, "{%p if 未读入 %}")
    say(document, "{% if 缺资料案件 %}二{% else %}一{% endif %}、没有读入的记录", "一级标题")
    table(
        document,
        ["序号", "位置", "说明", "怎样补正"],
        [2, 7, 8, 7],
        ("处 in 未读入",),
        [
            "{{ 处.序号 }}",
            "{{ 处.位置 }}",
            "{{ 处.说明 }}{% if 处.原文 %}（原文「{{ 处.原文 }}」）{% endif %}",
            "{{ 处.补法 }}{% if 处.应为 %}（应为 {{ 处.应为 }}）{% endif %}",
        ],
    )
    say(document, "{%p endif %}")
    say(document, "补充的记录和文书，请注明案号，于收到本函之日起【待填：补充期限】内送来。")
    _foot(document)
    endnote(document)


def _review(document: Document) -> None:
    _head(document, "执法监督程序评查报告", signer=True)
    say(document, "【待填：主送机关】：", "主送机关")
    say(
        document,
        "截至{{ 截至 }}，对读入的{{ 读入数 }}件案件逐件对照规范，共对照{{ 实例数 }}项，"
        "其中{{ 不一致数 }}项记录与规范不一致，均待核实。现将情况报告如下。",
    )
    say(document, "一、范围", "一级标题")
    say(
        document,
        "读入{{ 读入数 }}件，没有读入{{ 未读入数 }}处{% if 故障数 %}，因程序故障没有结论{{ 故障数 }}件{% endif %}。"
        "工作日依「{{ 工作日表 }}」计算。所用规程："
        "{% for 程 in 规程列表 %}《{{ 程.名称 }}》{{ 程.效力 }}{% if not loop.last %}、{% endif %}{% endfor %}。",
    )
    say(document, "二、数目", "一级标题")
    table(document, ["对照的结果", "项数"], [12, 12], ("行 in 统计",), ["{{ 行.结论 }}", "{{ 行.数目 }}"])
    say(document, "三、共性问题", "一级标题")
    say(document, "{%p if 共性问题 %}")
    say(
        document,
        "下列规范，有{{ 最少件数 }}件以上案件的记录与之不一致。占比是不一致的项数与已经有结论的项数之比，"
        "不含待履行、资料不足、待人工认定和例外；有结论的不足{{ 最少实例数 }}项的，不计占比。",
    )
    table(
        document,
        ["规范", "涉及案件", "涉及单位", "不一致／有结论", "占比"],
        [7, 4, 4, 6, 4],
        ("项 in 共性问题",),
        [
            "{{ 项.规范 }}",
            "{{ 项.案件数 }}件",
            "{{ 项.单位数 }}个",
            "{{ 项.不一致数 }}／{{ 项.已对照数 }}",
            "{{ 项.占比 }}",
        ],
    )
    say(document, "{%p else %}")
    say(document, "没有{{ 最少件数 }}件以上案件与同一条规范不一致的情形。")
    say(document, "{%p endif %}")
    say(document, "四、各单位的情况", "一级标题")
    say(document, "{%p if not 单位 %}")
    say(document, "没有待核实、待办理、待补充资料或者待人工认定的事项。")
    say(document, "{%p endif %}")
    say(document, "{%p for 位 in 单位 %}")
    say(document, "（{{ 位.汉字序号 }}）{{ 位.名称 }}{% if 位.本机关 %}（监督机关自身）{% endif %}", "二级标题")
    say(
        document,
        "涉及{{ 位.案件数 }}件案件：待核实{{ 位.不一致数 }}项，"
        "待履行{{ 位.待履行数 }}项{% if 位.临近数 %}（{{ 位.临近数 }}项临近届满）{% endif %}，"
        "资料不足{{ 位.资料不足数 }}项，待人工认定{{ 位.待认定数 }}项。",
    )
    say(document, "{%p if 位.事项 %}")
    table(
        document,
        ["案号", "规范", "情形", "届满日"],
        [6, 5, 7, 6],
        ("项 in 位.事项",),
        ["{{ 项.案号 }}", "{{ 项.规范 }}", "{{ 项.情形 }}", "{% if 项.届满日 != '待定' %}{{ 项.届满日 }}{% endif %}"],
    )
    say(document, "{%p endif %}")
    say(document, "{%p if 位.未列出数 %}")
    say(document, "另有{{ 位.未列出数 }}项，见结论登记册和执法监督意见书。")
    say(document, "{%p endif %}")
    say(document, "{%p endfor %}")
    say(document, "五、待人工认定和没有读入的", "一级标题")
    say(document, "{%p if 待认定 %}")
    table(
        document,
        ["案号", "规范", "要认定的问题"],
        [6, 6, 12],
        ("项 in 待认定",),
        ["{{ 项.案号 }}", "{{ 项.规范 }}", "{{ 项.问题 }}"],
    )
    say(document, "{%p else %}")
    say(document, "没有待人工认定的事项。")
    say(document, "{%p endif %}")
    say(document, "{%p if 未读入 %}")
    say(document, "下列各处读不了，所在的记录没有读入，不在上述数目之内。")
    table(
        document,
        ["序号", "位置", "说明"],
        [2, 9, 13],
        ("处 in 未读入",),
        ["{{ 处.序号 }}", "{{ 处.位置 }}", "{{ 处.说明 }}"],
    )
    say(document, "{%p endif %}")
    say(document, "六、方法和限度", "一级标题")
    say(
        document,
        "逐件把记录与规范条文对照，期限逐步推算；记录没有写的，列为资料不足，不当作没有办理。"
        "例外、延期、中止都按记录计算。需要人判断的，列为待人工认定，不作推断。",
    )
    say(document, "{{ 声明 }}。不同单位受理的案件数量和性质不同，所列数目不作排名之用。")
    _foot(document)
    endnote(document)


def main() -> None:
    """Write them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in templates().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
