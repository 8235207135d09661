"""Workbooks in: checked, read, compared with what the portal holds, shown, and then applied all or nothing.

The steps, each a module that knows nothing of requests:

`archive`    is this a workbook at all, and a harmless one? Asked before openpyxl touches it.
`cells`      headings and rows of any sheet that the portal reads.
`sheet`      the table among the sheets: its headings, its rows, and what the export remembered.
`comparing`  old → new of every cell, and every error by row and column.
`row_comparison` the same of one row.
`plan`       what came of it, as the log keeps it and the preview shows it.
`applying`   the whole plan in one transaction, or nothing.
`annotating` the errors as comments in the user's own workbook.
`batches`    uploads in the log: starting one, looking again, deciding.

What a cell says, as Excel and LibreOffice really save it, the kinds of values know (`municipalities.values`). Columns
of the questionnaire that rooms above bring (`registration.RowPart`) go the same way.
"""
