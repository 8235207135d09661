"""Pages of resolutions, points and letters."""
