"""The audit administrator's pages: read the trail, check that it is whole, take it away as Excel."""
