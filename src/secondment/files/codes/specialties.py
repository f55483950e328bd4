"""The fifteen specialty tags of a structure analysis; one person may carry several."""

from secondment.files.codes import english
from secondment.files.codes.code_list import CodeList, entries_of

SPECIALTIES = CodeList(
    "专业方向",
    "本系统",
    entries_of(
        """
        party_affairs 党务组织 党务 组织人事
        economy_finance 经济金融 经济 金融 统计
        accounting_audit 财会审计 财会 会计 审计 财务
        planning_construction 规划建设交通 规划 建设 交通 规划建设
        agriculture 农林水 农业 林业 水利 农学 农业经济
        industry_technology 工业科技 工业 科技
        information_technology 信息化 信息技术 计算机
        environment 生态环保 环保 生态环境
        education 教育 教育学
        health 卫生 医疗卫生 医学
        culture_tourism 文旅宣传 文化旅游 宣传 文旅
        politics_law 政法 法律 法学
        emergency 应急 应急管理 安全生产
        commerce_foreign 商贸外事 商贸 外事 外贸
        other 其他
        """
    ),
    english.SPECIALTIES,
)
code_of = SPECIALTIES.code_of
label_of = SPECIALTIES.label_of
