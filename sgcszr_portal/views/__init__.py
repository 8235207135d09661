"""Pages that belong to no room: the overview, what is due, the archive, help and health."""
