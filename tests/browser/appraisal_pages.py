"""One page of each kind around assessment, as the demo has them."""

from django.urls import reverse

from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal
from secondment.assessments.models import Evaluation, Grade, Pool, Register
from secondment.findings.models import Finding
from secondment.measurement.models import Run
from secondment.standards.models import StandardVersion


def appraisal_pages() -> dict[str, list[str]]:
    """Which account looks at which of them."""
    standard = StandardVersion.objects.get(state="draft")
    signed = StandardVersion.objects.filter(state="signed").earliest("pk")
    draft = Appraisal.objects.get(state=AppraisalState.DRAFT)
    voting = Appraisal.objects.get(state=AppraisalState.OPEN)
    closed = Appraisal.objects.filter(state=AppraisalState.CLOSED).latest("year")
    run = Run.objects.filter(state="done").earliest("pk")
    register = Register.objects.latest("year")
    finding = Finding.objects.latest("pk").placement_id
    own = Grade.objects.filter(evaluation__person__account__username="secondee").latest("pk")
    paper, open_paper = draft.papers.earliest("pk").pk, voting.papers.earliest("pk").pk
    return {
        "org": [
            reverse("standards:standard_list"),
            reverse("standards:standard_new"),
            reverse("standards:version_detail", args=[signed.pk]),
            reverse("standards:version_edit", args=[standard.pk]),
            reverse("standards:weights_compare", args=[standard.pk]),
            reverse("standards:indicator_add", args=[standard.pk]),
            reverse("appraisals:appraisal_list"),
            reverse("appraisals:appraisal_new"),
            *(
                reverse(f"appraisals:{name}", args=[draft.pk])
                for name in (
                    "appraisal_detail",
                    "appraisal_freeze",
                    "candidate_list",
                    "candidates_choose",
                    "paper_list",
                    "paper_new",
                    "team_set",
                    "marks_enter",
                    "voting",
                )
            ),
            reverse("appraisals:roster", args=[paper]),
            reverse("appraisals:paper_change", args=[paper]),
            reverse("appraisals:candidate_detail", args=[draft.candidates.earliest("pk").pk]),
            reverse("appraisals:voting", args=[voting.pk]),
            reverse("appraisals:paper_ballot", args=[voting.pk]),
            reverse("appraisals:slips_print", args=[open_paper]),
            reverse("appraisals:replacement_ask", args=[open_paper]),
            reverse("appraisals:mark_import"),
            reverse("measurement:run_list"),
            reverse("measurement:run_new"),
            reverse("measurement:run_detail", args=[run.pk]),
            reverse("measurement:measure_detail", args=[run.pk, run.measures.earliest("pk").pk]),
            reverse("measurement:plan_list"),
            reverse("measurement:planning", args=[draft.pk]),
            reverse("assessments:pool_list", args=[register.pk]),
            reverse(
                "assessments:table_detail", args=[Pool.objects.filter(register=register).earliest("pk").pk]
            ),
            reverse("assessments:quantity_grid", args=[register.pk]),
            reverse("assessments:statement_grid", args=[register.pk]),
            reverse("assessments:evaluation_detail", args=[Evaluation.objects.latest("pk").pk]),
            reverse("assessments:routine_list"),
            reverse("assessments:midterm_list"),
            reverse("assessments:special_list"),
            reverse("assessments:special_new"),
            reverse("findings:finding_list"),
            reverse("findings:year", args=[finding, closed.year]),
            reverse("findings:finding_write", args=[finding, closed.year]),
            reverse("growth:review_list"),
            reverse("growth:groups"),
            reverse("appeals:appeal_list"),
            reverse("appeals:result", args=[own.pk]),
            reverse("appeals:recompute", args=[own.pk]),
            reverse("appeals:proof_list"),
            reverse("appeals:proof_new"),
        ],
        "leader": [reverse("measurement:run_list"), reverse("assessments:pool_list", args=[register.pk])],
        "host": [
            reverse("appraisals:appraisal_list"),
            reverse("appraisals:appraisal_detail", args=[closed.pk]),
            reverse("assessments:routine_list"),
            reverse("assessments:register_detail", args=[register.pk]),
        ],
        "home": [reverse("growth:review_list"), reverse("findings:finding_list")],
        "secondee": [reverse("assessments:my_results"), reverse("appeals:result", args=[own.pk])],
        "": [
            reverse("vote:code"),
            reverse("vote:receipt_check"),
            reverse("vote:receipt_list", args=[closed.box]),
        ],
    }
