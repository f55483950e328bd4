"""What is done with a review of abilities."""

from secondment.growth.services.importing import import_reviews
from secondment.growth.services.reviewing import Rater, give_abilities

__all__ = ["Rater", "give_abilities", "import_reviews"]
