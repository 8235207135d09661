"""Lists that people filter, sort, page, send each other and open for a day: each declares itself as a `Listing`."""
