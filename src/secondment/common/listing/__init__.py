"""List pages: columns, filters, sorting, paging, choice of rows, export and print."""
