"""Any text, typed at every door, and what comes of it at every way out."""
