"""Addresses around the vote, part of those of democratic appraisals."""

from django.urls import path

from secondment.appraisals.views import paper_ballots, voting

one, paper, asked = "<int:pk>/voting/", "papers/<int:pk>/", "replacements/<int:pk>/"
urlpatterns = [
    path(one, voting.vote, name="voting"),
    path(f"{one}open/", voting.vote_open, name="vote_open"),
    path(f"{one}close/", voting.vote_close, name="vote_close"),
    path(f"{one}practice/", voting.practice_open, name="practice_open"),
    path(f"{one}practice/wipe/", voting.practice_wipe, name="practice_wipe"),
    path(f"{one}paper/", paper_ballots.paper_ballot, name="paper_ballot"),
    path(f"{one}paper/take-back/", paper_ballots.paper_ballot_take_back, name="paper_ballot_take_back"),
    path(f"{one}paper/send-back/", paper_ballots.paper_ballot_send_back, name="paper_ballot_send_back"),
    path(f"{paper}slips/", voting.slips_print, name="slips_print"),
    path(f"{paper}slips/practice/", voting.practice_slips, name="practice_slips"),
    path(f"{paper}replace/", voting.replacement_ask, name="replacement_ask"),
    path(f"{asked}confirm/", voting.replacement_confirm, name="replacement_confirm"),
    path(f"{asked}decline/", voting.replacement_decline, name="replacement_decline"),
]
