"""Invented names; those of well-known persons are left out."""

import random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟"
    "姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文"
)
MEN = "伟磊洋勇军杰超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建文博哲瀚翔昊然晨瑞轩安恒远志成立新国海东"
WOMEN = "芳娜敏静丽艳娟霞燕玲婷慧莹洁颖琳晶倩雪梅璐丹萍蕾佳悦怡欣雯瑶蓉薇珊岚菲宁茜青秋月兰云英华婧涵雅楠"
SECOND = "子晓文志建思海明春国立永玉新一天雨亚少宏世学家德振希若梓佳嘉沐景启"
# (GB/T 3304 code, how many of a thousand)
ETHNIC_GROUPS = (
    ("01", 925),
    ("11", 25),
    ("03", 20),
    ("02", 10),
    ("15", 6),
    ("10", 4),
    ("08", 4),
    ("06", 3),
    ("05", 3),
)
UYGHUR = "05"
UYGHUR_MEN = ("艾力", "买买提", "吐尔逊", "阿不都", "库尔班", "热合曼")
UYGHUR_WOMEN = ("阿依努尔", "古丽", "热依汗", "帕提古丽", "米热古丽")
WELL_KNOWN = frozenset(
    [
        "刘德华",
        "李连杰",
        "姚明",
        "刘翔",
        "李娜",
        "李宁",
        "郎平",
        "马龙",
        "张国荣",
        "王菲",
        "陈凯",
        "高晓松",
        "雷军",
        "马化腾",
        "李彦宏",
        "张海迪",
        "丁俊晖",
        "林丹",
        "王楠",
        "孙杨",
        "杨丽萍",
        "王志文",
        "张建宏",
        "李文华",
        "陈景润",
        "袁隆平",
        "钱学森",
        "李玉",
        "周华健",
        "周海媚",
        "朱婷",
        "张宁",
        "邓亚萍",
        "王蒙",
        "贾平凹",
        "莫言",
    ]
)


class NameMaker:
    """Gives names by sex and ethnic group; no name twice until there are more than it can keep apart."""

    def __init__(self, source: random.Random) -> None:
        self._random = source
        self._given: set[str] = set()

    def drawing_from(self, source: random.Random) -> "NameMaker":
        """Another maker that knows the names this one gave."""
        other = NameMaker(source)
        other._given = self._given
        return other

    def ethnic_group(self) -> str:
        """A GB/T 3304 code, most often Han."""
        codes, weights = zip(*ETHNIC_GROUPS, strict=True)
        return str(self._random.choices(codes, weights)[0])

    def name(self, sex: str, ethnicity: str = "01", *, surname: str = "") -> str:
        """A new name; after twenty tries one that is already taken, as in life."""
        for _ in range(20):
            name = self._one(sex, ethnicity, surname)
            if name not in self._given and name not in WELL_KNOWN:
                break
        else:
            name = f"{name[0]}{self._random.choice(SECOND)}{name[-1]}{self._random.choice('一之然')}"[:4]
        self._given.add(name)
        return name

    def _one(self, sex: str, ethnicity: str, surname: str) -> str:
        choose = self._random.choice
        if ethnicity == UYGHUR:
            return f"{choose(UYGHUR_MEN if sex == '1' else UYGHUR_WOMEN)}·{choose(UYGHUR_MEN)}"
        surname = surname or SURNAMES[int(len(SURNAMES) * self._random.random() ** 1.6)]
        letters = MEN if sex == "1" else WOMEN
        if self._random.random() < 0.12:
            return surname + choose(letters)
        first = choose(SECOND if self._random.random() < 0.7 else letters)
        return surname + first + choose(letters.replace(first, ""))
