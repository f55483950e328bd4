"""What people studied: schools by their public names, departments that suit a specialty."""

import random

from secondment.demo.facts import Education

# specialty: (department and major, word of the degree)
MAJORS = {
    "party_affairs": ("马克思主义学院思想政治教育专业", "法学"),
    "economy_finance": ("经济学院金融学专业", "经济学"),
    "accounting_audit": ("会计学院会计学专业", "管理学"),
    "planning_construction": ("建筑学院城乡规划专业", "工学"),
    "agriculture": ("农学院农业经济管理专业", "农学"),
    "industry_technology": ("机械工程学院机械工程专业", "工学"),
    "information_technology": ("计算机学院计算机科学与技术专业", "工学"),
    "environment": ("环境学院环境工程专业", "工学"),
    "education": ("教育学院教育学专业", "教育学"),
    "health": ("公共卫生学院预防医学专业", "医学"),
    "culture_tourism": ("新闻传播学院新闻学专业", "文学"),
    "politics_law": ("法学院法学专业", "法学"),
    "emergency": ("安全工程学院安全工程专业", "工学"),
    "commerce_foreign": ("国际贸易学院国际经济与贸易专业", "经济学"),
    "other": ("公共管理学院行政管理专业", "管理学"),
}
SCHOOLS = [
    "北京大学",
    "中国人民大学",
    "北京师范大学",
    "中国农业大学",
    "北京林业大学",
    "北京交通大学",
    "北京理工大学",
    "中央财经大学",
    "北京工业大学",
    "首都师范大学",
    "首都经济贸易大学",
    "北京建筑大学",
    "北京农学院",
    "河北大学",
    "天津大学",
    "南开大学",
    "山东大学",
    "吉林大学",
]
PARTY_SCHOOL = "中央党校经济管理专业"


def study(source: random.Random, specialty: str, level: str) -> Education:
    """Study up to `level`: doctor, master, bachelor or college; some bachelors add on-job study."""
    major, word = MAJORS[specialty]
    school = source.choice(SCHOOLS) + major
    if level == "doctor":
        return Education("博士研究生", f"{word}博士", school, "11", "2")
    if level == "master":
        return Education("硕士研究生", f"{word}硕士", school, "14", "3")
    if level == "college":
        return Education("大学专科", "", school, "31", "")
    if source.random() < 0.25:
        return Education(
            "大学", f"{word}学士", school, "10", "4", on_job="研究生", on_job_school=PARTY_SCHOOL
        )
    return Education("大学", f"{word}学士", school, "21", "4")
