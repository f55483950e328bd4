"""What both units owe somebody on a placement besides words: allowances, insurance, medical checks, a work fund."""
