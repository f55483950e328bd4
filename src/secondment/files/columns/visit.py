"""The columns of sites to visit and of the teams that visit them."""

from secondment.files.columns.column import Column, Columns

ID = Column("id", "编号")
SITE = Columns(
    ID,
    Column("x", "横坐标"),
    Column("y", "纵坐标"),
    Column("lon", "经度"),
    Column("lat", "纬度"),
    Column("demand", "工作量"),
    Column("ready", "最早时间"),
    Column("due", "最晚时间"),
    Column("service", "停留时间"),
    Column("team", "检查组", ("小组",)),
)
TEAM = Columns(
    ID,
    Column("capacity", "容量", ("最大工作量",)),
    Column("depot_x", "出发地横坐标"),
    Column("depot_y", "出发地纵坐标"),
    Column("depot_lon", "出发地经度"),
    Column("depot_lat", "出发地纬度"),
    Column("ready", "最早时间", ("最早出发",)),
    Column("due", "最晚时间", ("最晚返回",)),
)
