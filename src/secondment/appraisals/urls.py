"""Addresses of democratic appraisals."""

from django.urls import path

from secondment.appraisals import voting_urls
from secondment.appraisals.views import appraisals, candidates, exchange, locking, marks, papers, rosters

app_name = "appraisals"
one, paper = "<int:pk>/", "papers/<int:pk>/"
sheets, forms = "rosters/import/", "marks/import/"
urlpatterns = [
    path("", appraisals.appraisal_list, name="appraisal_list"),
    path("new/", appraisals.appraisal_new, name="appraisal_new"),
    path(one, appraisals.appraisal_detail, name="appraisal_detail"),
    path(f"{one}change/", appraisals.appraisal_change, name="appraisal_change"),
    path(f"{one}void/", appraisals.appraisal_void, name="appraisal_void"),
    path(f"{one}void/confirm/", appraisals.void_confirm, name="void_confirm"),
    path(f"{one}void/decline/", appraisals.void_decline, name="void_decline"),
    path(f"{one}ask/", appraisals.rosters_ask, name="rosters_ask"),
    path(f"{one}freeze/", locking.appraisal_freeze, name="appraisal_freeze"),
    path(f"{one}draw/", locking.draw_record, name="draw_record"),
    path(f"{one}candidates/", candidates.candidate_list, name="candidate_list"),
    path(f"{one}candidates/choose/", candidates.candidates_choose, name="candidates_choose"),
    path(f"{one}candidates/add/", candidates.candidates_add, name="candidates_add"),
    path(f"{one}candidates/remove/", candidates.candidates_remove, name="candidates_remove"),
    path("candidates/<int:pk>/", candidates.candidate_detail, name="candidate_detail"),
    path(f"{one}papers/", papers.paper_list, name="paper_list"),
    path(f"{one}papers/propose/", papers.papers_propose, name="papers_propose"),
    path(f"{one}papers/new/", papers.paper_new, name="paper_new"),
    path(f"{paper}change/", papers.paper_change, name="paper_change"),
    path(f"{paper}remove/", papers.paper_remove, name="paper_remove"),
    path(paper, rosters.roster, name="roster"),
    path(f"{paper}add/", rosters.raters_add, name="raters_add"),
    path(f"{paper}raters/remove/", rosters.raters_remove, name="raters_remove"),
    path(f"{paper}hand-in/", rosters.roster_hand_in, name="roster_hand_in"),
    path(f"{paper}return/", rosters.roster_return, name="roster_return"),
    path("raters/<int:pk>/replace/", locking.rater_replace, name="rater_replace"),
    path(f"{one}team/", marks.team_set, name="team_set"),
    path(f"{one}marks/", marks.marks_enter, name="marks_enter"),
    path(f"{one}marks/sheet/", exchange.mark_sheet, name="mark_sheet"),
    path(f"{one}rosters/sheet/", exchange.roster_sheet, name="roster_sheet"),
    path("rosters/template/", exchange.roster_template, name="roster_template"),
    path(sheets, exchange.ROSTER_PAGES.upload, name="roster_import"),
    path(f"{sheets}<uuid:file>/", exchange.ROSTER_PAGES.review, name="roster_import_review"),
    path(f"{sheets}<uuid:file>/aside/", exchange.ROSTER_PAGES.set_aside, name="roster_import_aside"),
    path(f"{sheets}<uuid:file>/faults/", exchange.ROSTER_PAGES.faults, name="roster_import_faults"),
    path(f"{sheets}<uuid:file>/confirm/", exchange.ROSTER_PAGES.confirm, name="roster_import_confirm"),
    path(forms, exchange.MARK_PAGES.upload, name="mark_import"),
    path(f"{forms}<uuid:file>/", exchange.MARK_PAGES.review, name="mark_import_review"),
    path(f"{forms}<uuid:file>/aside/", exchange.MARK_PAGES.set_aside, name="mark_import_aside"),
    path(f"{forms}<uuid:file>/faults/", exchange.MARK_PAGES.faults, name="mark_import_faults"),
    path(f"{forms}<uuid:file>/confirm/", exchange.MARK_PAGES.confirm, name="mark_import_confirm"),
    *voting_urls.urlpatterns,
]
