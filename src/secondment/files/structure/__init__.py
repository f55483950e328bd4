"""The structure of a body of officials: its roster read, its report written."""
