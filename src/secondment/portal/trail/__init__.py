"""The audit administrator's pages: read the trail, check that it is intact, export it to Excel."""
