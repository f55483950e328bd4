"""Files that strangers made are read in a process of their own, which may use little and reach nothing."""
