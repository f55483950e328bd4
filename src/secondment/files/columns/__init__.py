"""Every column of a person and of a post, once: its title, its other names, how a cell is read and written."""
