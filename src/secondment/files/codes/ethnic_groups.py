"""The 56 ethnic groups of China (GB/T 3304), in the order of their codes."""

from secondment.files.codes import english
from secondment.files.codes.code_list import CodeEntry, CodeList

_NAMES = """
    汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇
    柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京
    塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""


def _entry(number: int, name: str) -> CodeEntry:
    return CodeEntry(f"{number:02d}", f"{name}族", (name,))


ETHNIC_GROUPS = CodeList(
    "民族代码",
    "GB/T 3304",
    [_entry(number, name) for number, name in enumerate(_NAMES.split(), start=1)]
    # 97 and 98 are used in practice; to be confirmed against the standard's text.
    + [CodeEntry("97", "其他"), CodeEntry("98", "外国血统中国籍人士", ("外国血统",))],
    english.ETHNIC_GROUPS,
)
code_of = ETHNIC_GROUPS.code_of
label_of = ETHNIC_GROUPS.label_of
