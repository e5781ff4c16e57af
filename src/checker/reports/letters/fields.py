"""What a template may use, each field with what it is and an example; the page about letters shows the same."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.reports.letters.kinds import Kind

_ALL: Final = tuple(Kind)
_RESTING: Final = (Kind.HANDLE, Kind.URGE, Kind.VERIFY)


class Field(NamedTuple):
    """A field. ``of`` is the list whose entries have it; empty for a field of the letter itself."""

    name: str
    meaning: str
    example: str
    kinds: tuple[Kind, ...] = _ALL
    of: str = ""


MATTER_LISTS: Final = ("事项", "逾期事项", "临近事项", "反馈", "待认定")
"""Lists whose entries are findings, with the fields of 事项."""

FIELDS: Final = (
    Field("文书", "文书的种类", "催办函"),
    Field("主送机关", "文书写给谁；记录没有写责任机关的是「（责任机关待核）」", "公安机关"),
    Field("称谓", "正文里怎样称呼：贵单位、本机关（写给监督机关自身的）、有关单位（待核的）", "贵单位"),
    Field("本机关", "是不是写给监督机关自身的，用在判断里", "False"),
    Field("待核", "责任机关是不是待核，用在判断里", "False"),
    Field("截至", "检查截至哪一天", "2026年11月20日"),
    Field("工作日表", "期限按哪一张工作日表推算", "中国大陆"),
    Field("规程列表", "列表：所用的规程", "见「规程列表」的各项"),
    Field("案件数", "本文书涉及几件案件", "2"),
    Field("事项数", "本文书涉及几项结论", "3"),
    Field("声明", "结论的性质和限度，不宜删去", "以上只说明记录与规范条文的对照，不评判案件实体，也不认定任何人的责任"),
    Field("案号", "案件的编号", "督办-2026-034", (Kind.HANDLE,)),
    Field("案件类型", "案件的类型，没有的是空的", "督办", (Kind.HANDLE,)),
    Field("交办", "列表：交办、督办的记录，每项是一句话", "2026年6月15日政法委交办", (Kind.HANDLE,)),
    Field("最近届满日", "还没有届满的事项里最近的届满日，没有的是空的", "2026年12月24日", (Kind.HANDLE,)),
    Field("逾期数", "期限已过的有几项", "2", (Kind.HANDLE, Kind.URGE)),
    Field("事项", "列表：全部事项，按届满日排列", "见「事项」的各项", (Kind.HANDLE,)),
    Field("逾期事项", "列表：期限已过、未见办理记录的", "各项同「事项」", (Kind.URGE,)),
    Field("临近事项", "列表：即将届满的", "各项同「事项」", (Kind.URGE,)),
    Field("临近数", "即将届满的有几项", "1", (Kind.URGE,)),
    Field("临近天数", "多少日以内届满算即将届满", "15", (Kind.URGE,)),
    Field("案件", "列表：逐件案件，各有自己的「事项」列表", "见「案件」的各项", (Kind.VERIFY,)),
    Field("规范列表", "列表：各项所依据的规范，每条一次", "见「规范列表」的各项", _RESTING),
    Field("反馈", "列表：全部事项，供反馈意见表用", "各项同「事项」", (Kind.VERIFY,)),
    Field("缺资料案件", "列表：逐件案件缺什么", "见「缺资料案件」的各项", (Kind.SUPPLY,)),
    Field("未读入", "列表：读不了的地方；所在的记录没有读入", "见「未读入」的各项", (Kind.SUPPLY, Kind.REVIEW)),
    Field("读入数", "读入几件案件", "232", (Kind.REVIEW,)),
    Field("未读入数", "没有读入的有几处", "0", (Kind.REVIEW,)),
    Field("故障数", "因程序故障没有结论的有几件", "0", (Kind.REVIEW,)),
    Field("实例数", "共对照了几项", "1045", (Kind.REVIEW,)),
    Field("不一致数", "记录与规范不一致的有几项", "17", (Kind.REVIEW,)),
    Field("统计", "列表：各种结论的数目", "见「统计」的各项", (Kind.REVIEW,)),
    Field("共性问题", "列表：几件案件都与之不一致的规范", "见「共性问题」的各项", (Kind.REVIEW,)),
    Field("单位", "列表：逐个单位的情况，各有自己的「事项」列表", "见「单位」的各项", (Kind.REVIEW,)),
    Field("待认定", "列表：等人认定的", "各项同「事项」", (Kind.REVIEW,)),
    Field("最少件数", "几件以上案件算共性问题", "2", (Kind.REVIEW,)),
    Field("最少实例数", "有结论的少于几项的不计占比", "10", (Kind.REVIEW,)),
    Field("最多列出数", "报告里每个单位最多逐项列出几项", "100", (Kind.REVIEW,)),
    Field("序号", "在列表里是第几项", "1", of="事项"),
    Field("汉字序号", "用汉字写的序号", "一", of="事项"),
    Field("编号", "结论的编号，反馈和登记都用它对应", "7K3Q-9ZT2-0F4M", of="事项"),
    Field("案号", "案件的编号", "督办-2026-034", of="事项"),
    Field("案件类型", "案件的类型，没有的是空的", "督办", of="事项"),
    Field("规范", "规范的名称", "按期办结", of="事项"),
    Field("规范标识", "规范的标识", "duban/按期办结", of="事项"),
    Field("规程", "规程的标识", "duban", of="事项"),
    Field("结论", "结论的名称", "逾期未履行", of="事项"),
    Field("情形", "可以写进函里的说法", "期限已过，未见办理记录，待核实", of="事项"),
    Field("责任机关", "该做这件事的机关", "公安机关", of="事项"),
    Field("届满日", "期限哪一天届满；算不出来的是「待定」", "2026年10月13日", of="事项"),
    Field("未定原因", "届满日是「待定」的，为什么；其余是空的", "尚未起算：公安机关办结以后起算", of="事项"),
    Field("天数", "超过或者还有几日，没有期限的是空的", "超过38日", of="事项"),
    Field("起因", "引起这项义务的记录", "2026年6月15日政法委交办", of="事项"),
    Field("交办", "起因是交办、督办的，同「起因」，其余是空的", "2026年6月15日政法委交办", of="事项"),
    Field("问题", "要人认定的问题，其余是空的", "意见是否同时说明法律依据与社会效果", of="事项"),
    Field("逾期", "是不是期限已过、未见办理记录，用在判断里", "True", of="事项"),
    Field("触发", "列表：由什么触发", "2026年6月15日政法委交办", of="事项"),
    Field("期限", "列表：期限多长，出自哪里", "办结期限为90日，出处：《信访工作条例》第三十四条", of="事项"),
    Field("推算", "列表：期限怎样一步步推算", "自2026年6月15日次日起算，第1日为2026年6月16日", of="事项"),
    Field("算法依据", "列表：期限按哪些条文推算", "《中华人民共和国民法典》第二百零一条第一款「……」", of="事项"),
    Field("记录", "列表：记录里有什么、未见什么", "截至2026年11月20日未见「公安机关办结」的记录", of="事项"),
    Field("例外", "列表：各项例外是否成立", "「但已有承办单位办结的，不适用」不成立", of="事项"),
    Field("缺少", "列表：缺少什么", "e2 的「来源」；补录后可判定", of="事项"),
    Field("依据", "列表：条文", "《信访工作条例》第三十四条「……」", of="事项"),
    Field("效力", "列表：规程和条文的效力", "《执法监督督办规程（示范）》【示范】", of="事项"),
    Field("序号", "第几件", "1", (Kind.VERIFY,), "案件"),
    Field("汉字序号", "用汉字写的序号", "一", (Kind.VERIFY,), "案件"),
    Field("案号", "案件的编号", "督办-2026-034", (Kind.VERIFY,), "案件"),
    Field("案件类型", "案件的类型，没有的是空的", "督办", (Kind.VERIFY,), "案件"),
    Field("事项", "列表：这件案件的事项", "各项同「事项」", (Kind.VERIFY,), "案件"),
    Field("序号", "第几件", "1", (Kind.SUPPLY,), "缺资料案件"),
    Field("汉字序号", "用汉字写的序号", "一", (Kind.SUPPLY,), "缺资料案件"),
    Field("案号", "案件的编号", "督办-2026-018", (Kind.SUPPLY,), "缺资料案件"),
    Field("案件类型", "案件的类型，没有的是空的", "督办", (Kind.SUPPLY,), "缺资料案件"),
    Field("项数", "这件案件有几项等着资料", "5", (Kind.SUPPLY,), "缺资料案件"),
    Field("缺少", "列表：缺少的资料，见「缺少」的各项", "见「缺少」的各项", (Kind.SUPPLY,), "缺资料案件"),
    Field("资料", "缺少的记录或者文书", "「审批」的记录", (Kind.SUPPLY,), "缺少"),
    Field("补法", "怎样补正", "补录后可判定", (Kind.SUPPLY,), "缺少"),
    Field("规范", "等着它的规范，用顿号隔开", "先批后交、报告审查", (Kind.SUPPLY,), "缺少"),
    Field("规范数", "等着它的规范有几条", "2", (Kind.SUPPLY,), "缺少"),
    Field("序号", "第几处", "1", (Kind.SUPPLY, Kind.REVIEW), "未读入"),
    Field(
        "位置",
        "文件、工作表、单元格或者行",
        "台账.xlsx 工作表「一季度」 单元格 D7",
        (Kind.SUPPLY, Kind.REVIEW),
        "未读入",
    ),
    Field("说明", "哪里读不了", "日期「2024年3月」没有写日", (Kind.SUPPLY, Kind.REVIEW), "未读入"),
    Field("原文", "原来写的字", "2024年3月", (Kind.SUPPLY, Kind.REVIEW), "未读入"),
    Field("应为", "应当写什么", "年月日", (Kind.SUPPLY, Kind.REVIEW), "未读入"),
    Field("补法", "怎样补正", "写到日", (Kind.SUPPLY, Kind.REVIEW), "未读入"),
    Field("序号", "第几条", "1", _RESTING, "规范列表"),
    Field("汉字序号", "用汉字写的序号", "一", _RESTING, "规范列表"),
    Field("规范", "规范的名称", "按期办结", _RESTING, "规范列表"),
    Field("规范标识", "规范的标识", "duban/按期办结", _RESTING, "规范列表"),
    Field("项数", "本文书有几项依据它", "3", _RESTING, "规范列表"),
    Field("依据", "列表：条文", "《信访工作条例》第三十四条「……」", _RESTING, "规范列表"),
    Field("效力", "列表：规程和条文的效力", "《执法监督督办规程（示范）》【示范】", _RESTING, "规范列表"),
    Field(
        "算法依据",
        "列表：期限按哪些条文推算；与前面一条规范相同的，写「同」哪一条",
        "《中华人民共和国民法典》第二百零一条「……」",
        _RESTING,
        "规范列表",
    ),
    Field("标识", "规程的标识", "duban", of="规程列表"),
    Field("名称", "规程的名称，不带书名号", "执法监督督办规程（示范）", of="规程列表"),
    Field("效力", "规程的效力", "【示范】", of="规程列表"),
    Field("结论", "结论的名称", "逾期未履行", (Kind.REVIEW,), "统计"),
    Field("数目", "有几项", "8", (Kind.REVIEW,), "统计"),
    Field("序号", "第几项", "1", (Kind.REVIEW,), "共性问题"),
    Field("规范", "规范的名称", "按期办结", (Kind.REVIEW,), "共性问题"),
    Field("规范标识", "规范的标识", "duban/按期办结", (Kind.REVIEW,), "共性问题"),
    Field("案件数", "几件案件与之不一致", "3", (Kind.REVIEW,), "共性问题"),
    Field("不一致数", "几项与之不一致", "3", (Kind.REVIEW,), "共性问题"),
    Field("已对照数", "已经有结论的有几项，即占比的分母", "12", (Kind.REVIEW,), "共性问题"),
    Field("占比", "不一致的占有结论的百分之几；分母太小的不计", "25.0%", (Kind.REVIEW,), "共性问题"),
    Field("单位数", "涉及几个单位", "2", (Kind.REVIEW,), "共性问题"),
    Field("序号", "第几个", "1", (Kind.REVIEW,), "单位"),
    Field("汉字序号", "用汉字写的序号", "一", (Kind.REVIEW,), "单位"),
    Field("名称", "单位的名称", "公安机关", (Kind.REVIEW,), "单位"),
    Field("本机关", "是不是监督机关自身", "False", (Kind.REVIEW,), "单位"),
    Field("案件数", "涉及几件案件", "4", (Kind.REVIEW,), "单位"),
    Field("不一致数", "待核实的有几项", "5", (Kind.REVIEW,), "单位"),
    Field("待履行数", "期限未到的有几项", "3", (Kind.REVIEW,), "单位"),
    Field("临近数", "其中即将届满的有几项", "1", (Kind.REVIEW,), "单位"),
    Field("资料不足数", "资料不足的有几项", "6", (Kind.REVIEW,), "单位"),
    Field("待认定数", "待人工认定的有几项", "2", (Kind.REVIEW,), "单位"),
    Field("事项", "列表：待核实的事项，最多列出「最多列出数」项", "各项同「事项」", (Kind.REVIEW,), "单位"),
    Field("未列出数", "没有逐项列出的有几项", "0", (Kind.REVIEW,), "单位"),
)


def field_names(kind: Kind) -> Iterator[str]:
    """The names that a template of this kind may use anywhere."""
    return (field.name for field in FIELDS if kind in field.kinds)
