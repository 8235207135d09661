"""The log of loaded decisions of the past."""

from municipalities.models import KeptWorkbook, WorkbookUpload


class PastImport(WorkbookUpload, KeptWorkbook):
    """One upload of a workbook of the past, with its file.

    Its plan is what `resolutions.past.plan.PastPlan.to_json` returned: what is added and known, and what is wrong.
    """

    address = "past_import"

    class Meta(WorkbookUpload.Meta, KeptWorkbook.Meta):
        verbose_name = "загрузка решений прошлых лет"
        verbose_name_plural = "загрузки решений прошлых лет"
        constraints = [*WorkbookUpload.Meta.constraints, *KeptWorkbook.Meta.constraints]
