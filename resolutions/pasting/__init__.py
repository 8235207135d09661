"""A list of points as it comes from Word or LibreOffice, split into points and sub-points.

`marks` is the table of numberings, `plain` and `rich` read lines of plain text and of HTML, `levels` tells how deep
each line stands, `split` makes of all that what the editor offers.
"""
