"""What the portal holds of the past, as rows of its workbook."""

from resolutions.past.rows import PastRows


def rows_of_portal() -> PastRows:
    """What stands of adopted decisions; files, measures and passed promises have no place. Constant queries."""
    raise NotImplementedError
