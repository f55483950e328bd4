"""The columns of a unit: the list that people export, change and import."""

from secondment.files.columns.column import Column, Columns

CHOSEN = "从下拉列表中选择。"
PARENT_HELP = "单位目录中的上级，有重名时写“上级/名称”；也可以是本文件前面行中新建的单位。"
UNIT = Columns(
    Column(
        "name",
        "单位名称",
        ("单位全称",),
        example="示例县农业农村局",
        help="全称，不含斜线。",
        is_required=True,
    ),
    Column(
        "parent",
        "上级单位",
        ("主管单位", "隶属单位", "隶属"),
        example="示例县人民政府",
        help=PARENT_HELP,
        is_required=True,
    ),
    Column("short_name", "简称", example="县农业农村局"),
    Column(
        "kind",
        "单位类别",
        ("类别", "单位性质", "单位类型"),
        example="政府机关",
        help=CHOSEN,
        is_required=True,
    ),
    Column("level", "单位层级", ("层级", "行政层级"), example="县级", help=CHOSEN, is_required=True),
    Column("region", "所在区划", example="贵州省", help="区划全称或代码；新建单位不填的，与上级单位相同。"),
    Column("credit_code", "统一社会信用代码", help="18位；填写后可凭它识别更名的单位。"),
    Column("position", "排序", example="10", help="整数，小的在前。"),
)
KEYS = tuple(column.key for column in UNIT)
