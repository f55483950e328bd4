"""Side rules on the command line: a file of rules and tables of facts in, the plan that keeps them out."""
