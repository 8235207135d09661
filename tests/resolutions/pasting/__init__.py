"""Lists of points as they come from Word and LibreOffice."""
