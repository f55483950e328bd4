"""Who may analyse the force: those who read files of people, each within the units of their scope."""

from secondment.people.rules import may_read_files

may_analyse = may_read_files
