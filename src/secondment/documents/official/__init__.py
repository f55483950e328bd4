"""Official documents as Word files in the layout of GB/T 9704-2012; knows letters, not what they are about."""

from secondment.documents.official.letter import Annex, Imprint, Letter, letter_bytes, lines_of
from secondment.documents.official.words import chinese_date

__all__ = ["Annex", "Imprint", "Letter", "chinese_date", "letter_bytes", "lines_of"]
