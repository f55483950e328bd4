"""What daily work asks of host and home units."""

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.daily_work import effort, forms
from secondment.obligations.register import AskedForm

ASKED_FORMS = [
    AskedForm(
        code="daily_work.presence",
        label=_("在岗确认"),
        role=Role.HOST_UNIT,
        readers=(
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("挂职项目设定的周期"),
        replaces=_("打卡、签到表、月度考勤表"),
        fields=0,
        characters=0,
        known=3,
        is_shared=True,
        duties=("presence_confirmation",),
        acts=("presence_confirmation.hand_in",),
        reads=("leave.export_month", "daily_work.export_fulfilment"),
        journey="tests/browser/test_host_report.py",
    ),
    AskedForm(
        code="daily_work.report",
        label=_("情况报告"),
        role=Role.HOST_UNIT,
        readers=(
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
            Role.LEADER,
        ),
        basis=_("挂职项目设定的周期"),
        replaces=_("本人月报、季度小结，分头报送的情况汇报"),
        forms=(forms.HostSheetForm,),
        also=(forms.JudgeForm,),
        fields=effort.FIELDS_OF_NEWS,
        characters=effort.CHARACTERS_OF_NEWS,
        one_in=effort.ONE_IN,
        known=4,
        is_shared=True,
        duties=("host_report",),
        acts=("host_report.hand_in",),
        journey="tests/browser/test_host_report.py",
    ),
    AskedForm(
        code="daily_work.notice",
        label=_("告知单"),
        role=Role.HOME_UNIT,
        readers=(
            Role.SECONDEE,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("挂职项目设定的周期"),
        replaces=_("电话通知、纸质函件"),
        forms=(forms.NoticeForm,),
        also=(forms.GiveForm, forms.ReplyForm),
        fields=2,
        characters=60,
        known=3,
        duties=("home_notice", "home_logistics"),
        acts=("home_notice.give",),
        reads=("home_notice.read", "daily_work.export_notices"),
    ),
    AskedForm(
        code="daily_work.support",
        label=_("支持事项办理"),
        role=Role.HOME_UNIT,
        readers=(
            Role.HOST_UNIT,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("接收单位在情况报告中提出"),
        replaces=_("纸质请示和复函"),
        forms=(forms.WordsForm,),
        characters=60,
        known=3,
        acts=("support_item.answer",),
        reads=("support_item.judge", "daily_work.export_support"),
    ),
    AskedForm(
        code="daily_work.urgent",
        label=_("重要情况即报"),
        role=Role.HOST_UNIT,
        readers=(
            Role.HOME_UNIT,
            Role.ORGANISATION_DEPARTMENT,
        ),
        basis=_("重要情况及时报告"),
        replaces=_("书面报告"),
        forms=(forms.UrgentForm,),
        also=(forms.NameForm,),
        characters=100,
        known=2,
        acts=("urgent_matter.report",),
        reads=("urgent_matter.acknowledge", "urgent_matter.reveal"),
    ),
]
