"""Forms that are Word files with names in braces, filled from a dataclass; knows no form."""

from secondment.documents.word_forms.word_form import WORD_FORMS, TemplateError, WordForm, fill

__all__ = ["WORD_FORMS", "TemplateError", "WordForm", "fill"]
