"""Figures, not verdicts: run by `make bench`, never by `make test`."""
