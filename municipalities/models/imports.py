"""The log of uploaded workbooks of the registry."""

from django.db import models

from municipalities.models.uploads import KeptWorkbook, WorkbookUpload


class WorkbookImport(WorkbookUpload):
    """One upload of one or several workbooks.

    Its plan is what `municipalities.importing.plan.Plan.to_json` returned: the errors, and the changes cell by cell.
    """

    address = "municipality_import"

    changed_municipalities = models.PositiveIntegerField("муниципалитетов с изменениями", default=0, editable=False)
    changed_cells = models.PositiveIntegerField("изменённых ячеек", default=0, editable=False)

    class Meta(WorkbookUpload.Meta):
        verbose_name = "загрузка книги"
        verbose_name_plural = "загрузки книг"


class ImportedFile(KeptWorkbook):
    """A workbook of an upload."""

    batch = models.ForeignKey(
        WorkbookImport, on_delete=models.PROTECT, related_name="files", verbose_name="загрузка", editable=False
    )

    class Meta(KeptWorkbook.Meta):
        verbose_name = "загруженная книга"
        verbose_name_plural = "загруженные книги"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
