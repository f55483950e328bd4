"""Political status (GB/T 4762); codes 05–11 were checked against a source, the rest are to be confirmed."""

from secondment.files.codes.code_list import CodeList

POLITICAL_STATUS = CodeList(
    "政治面貌代码",
    "GB/T 4762",
    """
    01 中国共产党党员 中共党员 党员 中共 正式党员 | Member of the Communist Party of China
    02 中国共产党预备党员 中共预备党员 预备党员 | Probationary member of the Communist Party of China
    03 中国共产主义青年团团员 共青团员 团员 | Member of the Communist Youth League of China
    04 中国国民党革命委员会会员 民革会员 民革党员 民革 | Member of the Revolutionary Committee of the Chinese Kuomintang
    05 中国民主同盟盟员 民盟盟员 民盟 | Member of the China Democratic League
    06 中国民主建国会会员 民建会员 民建 | Member of the China National Democratic Construction Association
    07 中国民主促进会会员 民进会员 民进 | Member of the China Association for Promoting Democracy
    08 中国农工民主党党员 农工党党员 农工党员 农工党 农工民主党 | Member of the Chinese Peasants' and Workers' Democratic Party
    09 中国致公党党员 致公党党员 致公党员 致公党 | Member of the China Zhi Gong Party
    10 九三学社社员 九三学社 | Member of the Jiusan Society
    11 台湾民主自治同盟盟员 台盟盟员 台盟 | Member of the Taiwan Democratic Self-Government League
    12 无党派民主人士 无党派人士 无党派 | Public figure without party affiliation
    13 群众 普通公民 | No party
    """,
)
code_of = POLITICAL_STATUS.code_of
label_of = POLITICAL_STATUS.label_of
FULL_MEMBER = "01"
_SHORT = {FULL_MEMBER: "中共党员", "02": "中共预备党员", "03": "共青团员"}


def short_of(code: str) -> str:
    """As rosters write it: 中共党员, not the full name of the party; what is not a code stays as it is."""
    return _SHORT.get(code) or POLITICAL_STATUS.chinese(code)
