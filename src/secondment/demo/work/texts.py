"""What offices write about people in post, made of sentences and of the facts of each post."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

Texts = dict[str, str]
THINKING = (
    "思想稳定，安心驻村，与村“两委”配合顺畅。",
    "政治立场坚定，带头参加支部主题党日，学习笔记扎实。",
    "精神状态好，遇事主动商量，群众口碑好。",
    "对任务有信心，曾因进度慢有些着急，镇党委书记谈话后心态平稳。",
    "能严格要求自己，主动公开联系电话，晚上常有群众上门。",
    "思想上有压力，担心任期内产业见不到效益，需要多鼓励。",
    "适应角色快，已能用方言与老乡交流。",
    "服从镇党委安排，主动承担急难任务。",
)
PROGRESS = (
    "牵头“{task}”，本季度新增{step}{unit}，累计{done}{unit}，为目标{target}{unit}的{share}%。",
    "“{task}”推进到{done}{unit}（目标{target}{unit}），下季度转入收尾。",
    "带领村“两委”抓“{task}”，完成{done}{unit}，占目标的{share}%。",
    "“{task}”因雨季停工半个月，目前{done}{unit}，仍可按期完成{target}{unit}。",
    "“{task}”已落实资金，累计{done}{unit}，比上季度多{step}{unit}。",
)
WORK = (
    "入户走访{n}户，记下诉求{m}件，已办结{k}件。",
    "组织党员大会{k}次，补齐会议记录，新发展入党积极分子{j}名。",
    "协调派出单位专家到村讲课{j}次，{n}名村民参加。",
    "防汛值守{k}夜，转移低洼地住户{j}户，无人员伤亡。",
    "调解邻里土地纠纷{j}起，双方签字和好。",
    "帮{j}名村民对接务工岗位，月收入约{m}00元。",
    "清理村口多年垃圾点{j}处，改成小广场。",
    "接诉即办派单{k}件，全部按时回复，{j}件需要镇里协调。",
    "组织志愿者给独居老人修屋顶{j}户。",
    "联系采购单位签下农产品订单{m}万元。",
)
LIFE = (
    "住村委会宿舍，取暖已解决。",
    "在镇食堂就餐，周末回家，往返约{n}分钟。",
    "体检正常，按时吃药，无大碍。",
    "宿舍网络已接通，生活方便。",
    "孩子升学期间请假一次，已销假。",
    "冬季上山路滑，已提醒换防滑轮胎。",
)
PROBLEMS = (
    "“{task}”缺少后续管护资金。",
    "村内青壮年外出多，组织活动人手不够。",
    "土地流转有{j}户不同意，需要继续做工作。",
    "材料报送多头重复，占用走访时间。",
    "村集体账目移交不全，影响合同清理。",
)
SUPPORT = (
    "请派出单位协调一名{skill}方面的专家到村指导两天。",
    "请派出单位帮助联系农产品采购渠道。",
    "请派出单位协助申请“{task}”的配套资金约{n}万元。",
    "请派出单位选派{j}名志愿者暑期到村支教。",
    "请派出单位法律顾问帮助审阅{j}份合同。",
)
SUGGESTIONS = (
    "建议年终考核听取本村群众意见。",
    "建议把“{task}”列入下一任第一书记的交接事项。",
    "建议同镇各村共用一名会计辅导员。",
    "建议推广本村议事会做法。",
)
SKILLS = ("果树栽培", "乡村旅游", "污水治理", "财务", "电商运营", "基层治理")
MATTERS = (
    "本单位主要负责同志调整，你的联系领导改由分管人事的负责同志担任。",
    "本单位职级晋升工作启动，你已列入人选范围，材料由人事科代办。",
    "本单位完成机构改革，原处室更名，你的编制和待遇不变。",
    "年度考核方案已印发，你的考核由我单位会同镇党委办理。",
    "单位新办公楼启用，你的个人物品已代为搬运封存。",
)
REQUIREMENTS = (
    "请把主要精力放在“{task}”上，原单位工作已全部交由他人承担。",
    "请在年底前把帮扶项目资金使用情况报镇党委，抄我单位即可，不另写材料。",
    "支持你提出的{skill}专家请求，专家将在下月到村，具体时间由科里与你电话商定。",
    "请注意防汛值守安全，遇险情先转移群众。",
    "同意你参加市级乡村振兴培训班，往返按公务安排。",
)
LOGISTICS = (
    "生活补助和交通补助已按标准发到工资卡。",
    "年度体检安排在下月，可就近在区医院参加。",
    "人身意外伤害保险已续保一年，保险单已寄到村。",
    "工会为你家属送去慰问品，孩子入学手续已协助办好。",
    "冬季取暖费按当地标准报销，请把票据交人事科。",
)
ASKED_TO_WORK = (
    "年底人手紧，请继续负责原单位预算编制工作，每周二、周四回单位办公。",
    "请每周五回单位加班，审核报表并签字。",
    "巡察整改期间请兼顾我单位材料起草工作，月底前完成。",
)
ASKED_BECAUSE = "年底任务集中，处室暂无人接手"
ANSWERS = (
    "已派专家到村两次，方案交村“两委”研究。",
    "已联系三家采购单位，签订意向协议。",
    "已纳入单位帮扶计划，资金下月拨付。",
    "法律顾问已审阅并书面答复。",
)
HELPED = ("效果明显，村民认可。", "")
NOT_HELPED = ("专家只来一次，问题没有解决。", "资金未到位，项目停工。")
FLATTERY = "思想稳定，工作积极主动，团结同志，按要求完成各项工作任务，群众反映良好，生活上安排妥当。"
"""What says nothing: the text that some hosts hand in again and again."""
QUARREL_OF_HOST = (
    "与村“两委”多次争执，会上拍桌子，镇里已约谈一次；项目招标意见不一，工作停了三周。",
    "坚持换掉村会计，村支书不同意，双方已不一起走访。",
)
QUARREL_OF_HOME = (
    "听取你的说明后，我单位认为项目应当公开招标，支持你的意见；已请市委组织部协调。",
    "请就与村“两委”的分歧与镇党委书记当面沟通，不要在会上争吵；我单位将派人到镇里。",
)
EXCELLENT = (
    "引进社会资本建成民宿集群，村集体年收入首次过百万元，获市级通报表扬。",
    "牵头成立五村联合党支部，带动周边村共同销售，户均增收四千余元。",
    "连夜组织转移山洪威胁住户二十余户，事后主动复盘预案，全镇推广。",
)
OWN_BEST = (
    "村集体合作社账目理顺，全年分红两次，参加农户比上年多二十六户。",
    "接诉即办件全部按期回复，多年的宅基地纠纷调处了三起。",
    "党员大会恢复正常，流动党员建了微信联系册，新发展积极分子两名。",
    "引水到田的管线修通，六十亩旱地当年见效。",
    "请来农技专家七次，苹果套袋率从四成提到八成。",
)
OWN_SHORTCOMINGS = (
    "不足：产业带动面还窄，独居老人走访不够勤。",
    "不足：对土地政策研究不深，一个流转项目耽误了两个月。",
    "不足：与年轻村民联系少，后备力量培养慢。",
    "不足：有的事自己干得多，带着村“两委”干得少。",
)
OWN_PLANS = (
    "下一年：把管护资金落实到人，培养两名后备干部。",
    "下一年：先办完停车场和路灯两件事，再谈新项目。",
    "下一年：把采购渠道写成合同，防止人走渠道断。",
)


@dataclass(frozen=True)
class Goal:
    """A task of the post with its target."""

    task: str
    target: float
    unit: str


def report_of(source: random.Random, goals: Sequence[Goal], share: float) -> Texts:
    """A report of a quarter at which so much of the term is over (0–1)."""
    goal = source.choice(goals) if goals else None
    work = [_progress(source, goal, share)] if goal else []
    work += [_filled(source, one, goal) for one in source.sample(WORK, source.randint(1, 3))]
    texts = {"work": "".join(work)}
    for name, sentences, chance in (
        ("thinking", THINKING, 0.8),
        ("life", LIFE, 0.6),
        ("problems", PROBLEMS, 0.3),
        ("support_wanted", SUPPORT, 0.22),
        ("suggestions", SUGGESTIONS, 0.2),
    ):
        if source.random() < chance:
            texts[name] = _filled(source, source.choice(sentences), goal)
    return texts


def shared_chance(matter: str) -> random.Random:
    """Chance that two posts share, so that their texts are the same."""
    return random.Random(matter)  # noqa: S311 -- invented data, no secret


def notice_of(source: random.Random, goals: Sequence[Goal]) -> Texts:
    """What the home unit tells in a quarter; logistics more often than the rest."""
    goal = source.choice(goals) if goals else None
    texts = {"logistics": source.choice(LOGISTICS)}
    if source.random() < 0.4:
        texts["major_matters"] = source.choice(MATTERS)
    if source.random() < 0.5:
        texts["work_requirements"] = _filled(source, source.choice(REQUIREMENTS), goal)
    if len(texts) > 1 and source.random() < 0.3:
        del texts["logistics"]
    return texts


def _progress(source: random.Random, goal: Goal, share: float) -> str:
    done = max(1, round(goal.target * min(1.0, share * source.uniform(0.8, 1.15))))
    words = source.choice(PROGRESS)
    return words.format(
        task=goal.task,
        unit=goal.unit,
        target=f"{goal.target:g}",
        done=done,
        step=max(1, round(done * source.uniform(0.1, 0.3))),
        share=min(100, round(100 * done / goal.target)),
    )


def _filled(source: random.Random, words: str, goal: Goal | None) -> str:
    return words.format(
        task=goal.task if goal else "重点工作",
        skill=source.choice(SKILLS),
        n=source.randint(20, 86),
        m=source.randint(12, 45),
        k=source.randint(5, 11),
        j=source.randint(1, 4),
    )
