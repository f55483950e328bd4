"""The result as it is told to the person, review and appeal (复核、申诉), recomputation, and the open proof."""
