"""English names of national codes, for English pages; files and forms keep the Chinese names.

Ethnic groups: the romanised names of GB/T 3304. Parties: the English names the parties use themselves.
Education, ranks, degrees and titles: the usual English words for the levels of GB/T 4658, 12407, 6864 and 8561.
"""

_ETHNIC_NAMES = (
    *(
        "Han",
        "Mongol",
        "Hui",
        "Zang",
        "Uygur",
        "Miao",
        "Yi",
        "Zhuang",
        "Buyei",
        "Chosen",
        "Man",
        "Dong",
        "Yao",
    ),
    *(
        "Bai",
        "Tujia",
        "Hani",
        "Kazak",
        "Dai",
        "Li",
        "Lisu",
        "Va",
        "She",
        "Gaoshan",
        "Lahu",
        "Sui",
        "Dongxiang",
    ),
    *(
        "Naxi",
        "Jingpo",
        "Kirgiz",
        "Tu",
        "Daur",
        "Mulao",
        "Qiang",
        "Blang",
        "Salar",
        "Maonan",
        "Gelao",
        "Xibe",
    ),
    *("Achang", "Pumi", "Tajik", "Nu", "Uzbek", "Russ", "Ewenki", "Deang", "Bonan", "Yugur", "Gin", "Tatar"),
    *("Derung", "Oroqen", "Hezhen", "Monba", "Lhoba", "Jino"),
)
ETHNIC_GROUPS = {
    **{f"{number:02}": name for number, name in enumerate(_ETHNIC_NAMES, start=1)},
    "97": "Other",
    "98": "Foreign descent, Chinese citizen",
}
POLITICAL_STATUS = {
    "01": "Member of the Communist Party of China",
    "02": "Probationary member of the Communist Party of China",
    "03": "Member of the Communist Youth League of China",
    "04": "Member of the Revolutionary Committee of the Chinese Kuomintang",
    "05": "Member of the China Democratic League",
    "06": "Member of the China National Democratic Construction Association",
    "07": "Member of the China Association for Promoting Democracy",
    "08": "Member of the Chinese Peasants' and Workers' Democratic Party",
    "09": "Member of the China Zhi Gong Party",
    "10": "Member of the Jiusan Society",
    "11": "Member of the Taiwan Democratic Self-Government League",
    "12": "Public figure without party affiliation",
    "13": "No party",
}
_LEADING = {"10": "national", "11": "provincial", "12": "bureau", "13": "county", "14": "township"}
_STAFF = (
    ("211", 1),
    ("212", 2),
    ("221", 3),
    ("222", 4),
    ("231", 5),
    ("232", 6),
    ("241", 7),
    ("242", 8),
    ("250", 9),
)
RANKS = {
    **{f"{stem}1": f"Head, {word} level" for stem, word in _LEADING.items()},
    **{f"{stem}2": f"Deputy, {word} level" for stem, word in _LEADING.items()},
    "150": "Clerk",
    "160": "Office worker",
    "199": "Civil servant without rank",
    **{code: f"Staff grade {grade}" for code, grade in (*_STAFF, ("260", 10))},
    "299": "Staff without grade",
    "410": "Senior professional",
    "411": "Full senior professional",
    "412": "Associate senior professional",
    "420": "Intermediate professional",
    "430": "Junior professional",
    "434": "Assistant professional",
    "435": "Professional technician",
    "499": "Professional without grade",
}
_SCHOOLS = {
    "1": ("Postgraduate", {"1": "Doctoral study", "4": "Master's study", "7": "Postgraduate class"}),
    "2": ("Undergraduate", {"1": "Undergraduate study"}),
    "3": ("Junior college", {"1": "Junior college"}),
    "4": (
        "Vocational secondary",
        {"1": "Specialised secondary", "4": "Vocational high school", "7": "Skilled workers' school"},
    ),
    "6": ("Senior high school", {"1": "Senior high school"}),
}
_ENDS = ("graduated", "completed", "not completed")
EDUCATION = {
    **{f"{group}0": name for group, (name, _parts) in _SCHOOLS.items()},
    **{
        f"{group}{int(first) + place}": f"{part}, {end}"
        for group, (_name, parts) in _SCHOOLS.items()
        for first, part in parts.items()
        for place, end in enumerate(_ENDS)
    },
    "28": "General undergraduate class, graduated",
    "70": "Junior high school",
    "71": "Junior high school, graduated",
    "73": "Junior high school, not completed",
    "80": "Primary school",
    "81": "Primary school, graduated",
    "83": "Primary school, not completed",
    "90": "Other",
}
DEGREES = {"1": "Honorary doctor", "2": "Doctor", "3": "Master", "4": "Bachelor"}
CIVIL_GRADES = {
    "01": "Counsel, grade I",
    "02": "Counsel, grade II",
    "03": "Consultant, grade I",
    "04": "Consultant, grade II",
    "05": "Consultant, grade III",
    "06": "Consultant, grade IV",
    "07": "Principal staff member, grade I",
    "08": "Principal staff member, grade II",
    "09": "Principal staff member, grade III",
    "10": "Principal staff member, grade IV",
    "11": "Staff member, grade I",
    "12": "Staff member, grade II",
}
TITLES = {"411": "Senior", "412": "Associate senior", "420": "Intermediate", "430": "Junior"}
SPECIALTIES = {
    "party_affairs": "Party affairs",
    "economy_finance": "Economy and finance",
    "accounting_audit": "Accounting and audit",
    "planning_construction": "Planning, construction, transport",
    "agriculture": "Agriculture, forestry, water",
    "industry_technology": "Industry and technology",
    "information_technology": "Information technology",
    "environment": "Environment",
    "education": "Education",
    "health": "Health",
    "culture_tourism": "Culture and tourism",
    "politics_law": "Politics and law",
    "emergency": "Emergency management",
    "commerce_foreign": "Commerce and foreign affairs",
    "other": "Other",
}
ABILITIES = {
    "party_building": "Party building and leading a team",
    "development": "Economic and social development",
    "interests": "Balancing major interests",
    "mass_work": "Work with the masses",
    "harmony_safety": "Harmony, safety and stability",
}
SEX = {"0": "Unknown", "1": "Male", "2": "Female", "9": "Not stated"}
KINSHIP = {
    "spouse": "Spouse",
    "lineal": "Lineal relative",
    "collateral": "Collateral relative within three generations",
    "in_law": "Near in-law",
    "adoptive_or_step": "Adoptive or step relation",
}
CATEGORIES = {
    "party_government": "Party and government official",
    "specialist": "Specialist",
    "enterprise": "Enterprise leader",
}
WILLINGNESS = {
    "unknown": "Not stated",
    "willing": "Willing",
    "obedient": "Follows the organisation",
    "unwilling": "Has difficulties",
}
DIRECTIONS = {
    "down": "Downward",
    "up": "Upward",
    "across": "Other region",
    "enterprise": "Enterprise or institution",
}
HARDSHIP = {"0": "Ordinary", "1": "Rather hard", "2": "Hard", "3": "Very hard"}
ORGAN_KINDS = {
    "other": "Other",
    "county_party_government": "County party committee or government",
    "township_party_government": "Township party committee or government",
    "discipline": "Discipline inspection organ",
    "organisation": "Organisation department",
    "court": "Court",
    "procuratorate": "Procuratorate",
    "police": "Police",
}
SENSITIVE_WORK = {
    "organisation": "Organisation",
    "personnel": "Personnel",
    "discipline": "Discipline inspection",
    "audit": "Audit",
    "finance": "Finance",
}
LOWEST_EDUCATION = {"11": "Doctorate", "10": "Postgraduate", "20": "Undergraduate", "30": "College"}
