"""Task books (目标任务书, F6), the division of work and what is declared for recusal."""
