"""Forms, numbering and files; knows no other app."""
