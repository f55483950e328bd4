"""Table files (CSV, Excel) in and out, with errors that name file, line, column and remedy."""
