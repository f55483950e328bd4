"""Code lists as data, one module per list; each offers `code_of(text)` and `label_of(code)`."""
