"""Addresses of yearly assessments."""

from django.urls import include, path

from secondment.assessments.composite import views as composite
from secondment.assessments.table import views as table
from secondment.assessments.views import (
    decisions,
    evaluations,
    exchange,
    own,
    registers,
    summaries,
    summary_exchange,
)

app_name = "assessments"
urlpatterns = [
    path("", include("secondment.assessments.interim.urls")),
    path("", registers.register_list, name="register_list"),
    path("new/", registers.register_open, name="register_open"),
    path("<int:pk>/", registers.register_detail, name="register_detail"),
    path("<int:pk>/refresh/", registers.register_refresh, name="register_refresh"),
    path("<int:pk>/withdraw/", registers.register_withdraw, name="register_withdraw"),
    path("<int:pk>/pools/", registers.pool_list, name="pool_list"),
    path("pools/<int:pk>/", registers.pool_basis, name="pool_basis"),
    path("pools/<int:pk>/table/", table.table_detail, name="table_detail"),
    path("pools/<int:pk>/table/calculate/", table.table_calculate, name="table_calculate"),
    path("pools/<int:pk>/table/hold/", table.table_hold, name="table_hold"),
    path("pools/<int:pk>/table/compare/", table.table_compare, name="table_compare"),
    path(
        "pools/<int:pk>/table/compare/<int:comparison>/withdraw/",
        table.comparison_withdraw,
        name="comparison_withdraw",
    ),
    path("pools/<int:pk>/table/<int:evaluation>/", table.table_person, name="table_person"),
    path("decisions/<int:pk>/minutes/", table.minutes_download, name="minutes_download"),
    path("<int:pk>/decide/", decisions.decision_record, name="decision_record"),
    path("decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/confirm/", decisions.decision_confirm, name="decision_confirm"),
    path("decisions/<int:pk>/return/", decisions.decision_return, name="decision_return"),
    path("decisions/<int:pk>/post/", decisions.decision_post, name="decision_post"),
    path("decisions/<int:pk>/posting/", decisions.posting_download, name="posting_download"),
    path("decisions/<int:pk>/enforce/", decisions.decision_enforce, name="decision_enforce"),
    path("evaluations/<int:pk>/", evaluations.evaluation_detail, name="evaluation_detail"),
    path("evaluations/<int:pk>/opinion/<str:side>/", evaluations.opinion_give, name="opinion_give"),
    path("evaluations/<int:pk>/settle/", evaluations.changes_settle, name="changes_settle"),
    path("evaluations/<int:pk>/remove/", evaluations.evaluation_remove, name="evaluation_remove"),
    path("evaluations/<int:pk>/correct/", evaluations.grade_correct, name="grade_correct"),
    path("opinions/", evaluations.opinions_give, name="opinions_give"),
    path("forms/", evaluations.forms_print, name="forms_print"),
    path("groups/", evaluations.pools_change, name="pools_change"),
    path("receipts/", evaluations.results_receive, name="results_receive"),
    path("<int:pk>/workbook/", exchange.opinion_export, name="opinion_export"),
    path("template/", exchange.opinion_template, name="opinion_template"),
    path("import/", exchange.PAGES.upload, name="opinion_import"),
    path("import/<uuid:file>/", exchange.PAGES.review, name="opinion_import_review"),
    path("import/<uuid:file>/aside/", exchange.PAGES.set_aside, name="opinion_import_aside"),
    path("import/<uuid:file>/faults/", exchange.PAGES.faults, name="opinion_import_faults"),
    path("import/<uuid:file>/confirm/", exchange.PAGES.confirm, name="opinion_import_confirm"),
    path("<int:pk>/quantities/", composite.quantity_grid, name="quantity_grid"),
    path("<int:pk>/quantities/workbook/", composite.quantity_sheet, name="quantity_sheet"),
    path("<int:pk>/statements/", composite.statement_grid, name="statement_grid"),
    path("quantities/<int:pk>/correct/", composite.quantity_correct, name="quantity_correct"),
    path("quantities/template/", composite.quantity_template, name="quantity_template"),
    path("quantities/import/", composite.PAGES.upload, name="quantity_import"),
    path("quantities/import/<uuid:file>/", composite.PAGES.review, name="quantity_import_review"),
    path("quantities/import/<uuid:file>/aside/", composite.PAGES.set_aside, name="quantity_import_aside"),
    path("quantities/import/<uuid:file>/faults/", composite.PAGES.faults, name="quantity_import_faults"),
    path("quantities/import/<uuid:file>/confirm/", composite.PAGES.confirm, name="quantity_import_confirm"),
    path("summaries/", summaries.summary_list, name="summary_list"),
    path("summaries/mine/", summaries.my_summaries, name="my_summaries"),
    path("summaries/write/<int:placement>/<int:year>/", summaries.summary_write, name="summary_write"),
    path("summaries/<int:pk>/", summaries.summary_detail, name="summary_detail"),
    path("summaries/<int:pk>/return/", summaries.summary_return, name="summary_return"),
    path("summaries/<int:pk>/print/", summaries.summary_print, name="summary_print"),
    path("summaries/workbook/", summary_exchange.summary_sheet, name="summary_sheet"),
    path("summaries/import/", summary_exchange.PAGES.upload, name="summary_import"),
    path("summaries/import/<uuid:file>/", summary_exchange.PAGES.review, name="summary_import_review"),
    path(
        "summaries/import/<uuid:file>/aside/", summary_exchange.PAGES.set_aside, name="summary_import_aside"
    ),
    path("summaries/import/<uuid:file>/faults/", summary_exchange.PAGES.faults, name="summary_import_faults"),
    path(
        "summaries/import/<uuid:file>/confirm/", summary_exchange.PAGES.confirm, name="summary_import_confirm"
    ),
    path("mine/", own.my_results, name="my_results"),
    path("mine/<int:pk>/receive/", own.result_receive, name="result_receive"),
]
