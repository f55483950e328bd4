"""A sentence that says whom one looks for, read into the conditions of the roster's filters; no language model, no Django."""
