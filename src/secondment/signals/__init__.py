"""Early signs of formalism (预警提示): questions with their facts, put first to the office that can answer."""
