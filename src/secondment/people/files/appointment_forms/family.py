"""Titles of relatives (称谓) → the class of kinship that matters for recusal; unknown titles are never guessed."""

from secondment.files.codes.kinship import Kinship
from secondment.files.faults import CellError, gettext_noop, in_chinese
from secondment.files.names import clean_name

_TITLES = {
    Kinship.SPOUSE: "丈夫 妻子 配偶 夫 妻 爱人 老公 老婆",
    Kinship.LINEAL: (
        "父亲 母亲 父 母 爸爸 妈妈 儿子 女儿 子 女 长子 长女 次子 次女 三子 三女 四子 四女 五子 五女 独子 独女 幼子 幼女 "
        "大儿子 二儿子 三儿子 小儿子 大女儿 二女儿 三女儿 小女儿 双胞胎儿子 双胞胎女儿 "
        "祖父 祖母 爷爷 奶奶 外祖父 外祖母 外公 外婆 姥爷 姥姥 孙子 孙女 外孙 外孙子 外孙女 长孙 长孙女"
    ),
    Kinship.COLLATERAL: (
        "哥哥 弟弟 姐姐 妹妹 哥 弟 姐 妹 兄 兄长 胞兄 胞弟 胞姐 胞妹 大哥 二哥 三哥 四哥 五哥 大弟 二弟 三弟 四弟 "
        "大姐 二姐 三姐 四姐 五姐 大妹 二妹 三妹 四妹 长兄 长姐 "
        "伯父 伯伯 叔父 叔叔 叔 二伯 二叔 三叔 四叔 姑姑 姑母 姑妈 舅舅 舅父 大舅 二舅 三舅 姨母 姨妈 大姨 二姨 三姨 "
        "堂兄 堂哥 堂弟 堂姐 堂妹 堂兄弟 堂姐妹 表兄 表哥 表弟 表姐 表妹 表兄弟 表姐妹 "
        "侄子 侄儿 侄女 外甥 外甥子 外甥女 甥女 甥子"
    ),
    Kinship.NEAR_IN_LAW: (
        "岳父 岳母 公公 婆婆 丈人 丈母娘 公爹 家公 家婆 配偶父亲 配偶母亲 "
        "妻兄 妻哥 妻弟 妻姐 妻妹 内兄 内弟 大舅哥 大舅子 小舅子 大姨子 小姨子 大姨姐 小姨妹 大伯子 大伯哥 小叔子 大姑子 大姑姐 小姑子 "
        "夫兄 夫弟 夫姐 夫妹 连襟 妯娌 妻嫂 妻弟媳 妻姐夫 妻妹夫 "
        "儿媳 儿媳妇 女婿 长媳 次媳 长婿 次婿 大儿媳 二儿媳 小儿媳 大女婿 二女婿 小女婿 亲家 亲家公 亲家母 "
        "姐夫 妹夫 嫂子 嫂嫂 大嫂 二嫂 三嫂 弟媳 弟妹 弟媳妇 弟妇 大姐夫 二姐夫 三姐夫 二妹夫 "
        "伯母 婶婶 婶母 婶子 叔母 姑父 姑夫 姑丈 舅母 舅妈 姨父 姨夫 姨丈 "
        "堂嫂 堂弟媳 堂姐夫 堂妹夫 表嫂 表弟媳 表姐夫 表妹夫 "
        "侄媳 侄媳妇 侄女婿 外甥媳妇 外甥媳 外甥女婿 甥女婿"
    ),
    Kinship.ADOPTIVE_OR_STEP: "养父 养母 养子 养女 继父 继母 继子 继女",
}
# Words that mean different classes in different regions; the person has to say which.
_AMBIGUOUS = {
    "大伯": "伯父、丈夫的哥哥",
    "小叔": "叔叔、丈夫的弟弟",
    "小姑": "姑姑、丈夫的妹妹",
    "大姑": "姑姑、丈夫的姐姐",
    "小姨": "姨母、妻子的妹妹",
    "小舅": "舅舅、妻子的弟弟",
    "媳妇": "妻子、儿媳",
    "内侄": "妻子的侄子",
    "内侄女": "妻子的侄女",
}
_SIBLINGS = ("哥哥", "弟弟", "姐姐", "妹妹", "兄", "弟", "姐", "妹", "哥")
_SIBLING_SPOUSES = ("嫂子", "弟媳", "弟妹", "姐夫", "妹夫", "嫂")
_PARENTS = ("父亲", "母亲", "父", "母")


class UnknownKinshipError(CellError):
    """A title that names no kinship, or more than one."""


def _titles_of_a_spouse() -> set[str]:
    """“妻子的弟弟”, “丈夫的父亲”, “配偶之姐夫” and the like."""
    relatives = (*_SIBLINGS, *_SIBLING_SPOUSES, *_PARENTS)
    return {
        f"{spouse}{of}{relative}"
        for spouse in ("妻子", "丈夫", "配偶", "爱人")
        for of in ("的", "之")
        for relative in relatives
    }


_KINSHIP_OF = {
    title: kinship for kinship, titles in _TITLES.items() for title in titles.split()
} | dict.fromkeys(_titles_of_a_spouse(), Kinship.NEAR_IN_LAW)


def kinship_of(title: str) -> Kinship:
    """The class of a title; `UnknownKinshipError` when it is not known or ambiguous."""
    word = clean_name(title)
    if word in _AMBIGUOUS:
        fault = in_chinese(
            "称谓“{title}”有不同含义", "请写明是{choices}", title=word, choices=_AMBIGUOUS[word]
        )
        raise UnknownKinshipError(fault)
    try:
        return _KINSHIP_OF[word]
    except KeyError:
        remedy = gettext_noop("请写规范称谓，如父亲、岳母、妻子的弟弟")
        raise UnknownKinshipError(in_chinese("称谓“{title}”无法判断亲属关系", remedy, title=word)) from None
