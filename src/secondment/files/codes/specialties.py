"""The fifteen specialty tags of a structure analysis; one person may carry several."""

from secondment.files.codes.code_list import CodeList

SPECIALTIES = CodeList(
    "专业方向",
    "本系统",
    """
    party_affairs 党务组织 党务 组织人事 | Party affairs
    economy_finance 经济金融 经济 金融 统计 | Economy and finance
    accounting_audit 财会审计 财会 会计 审计 财务 | Accounting and audit
    planning_construction 规划建设交通 规划 建设 交通 规划建设 | Planning, construction, transport
    agriculture 农林水 农业 林业 水利 农学 农业经济 | Agriculture, forestry, water
    industry_technology 工业科技 工业 科技 | Industry and technology
    information_technology 信息化 信息技术 计算机 | Information technology
    environment 生态环保 环保 生态环境 | Environment
    education 教育 教育学 | Education
    health 卫生 医疗卫生 医学 | Health
    culture_tourism 文旅宣传 文化旅游 宣传 文旅 | Culture and tourism
    politics_law 政法 法律 法学 | Politics and law
    emergency 应急 应急管理 安全生产 | Emergency management
    commerce_foreign 商贸外事 商贸 外事 外贸 | Commerce and foreign affairs
    other 其他 | Other
    """,
)
code_of = SPECIALTIES.code_of
label_of = SPECIALTIES.label_of
