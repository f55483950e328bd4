"""The `secondment` command: file-to-file verbs that need no server, and the administration verbs."""
