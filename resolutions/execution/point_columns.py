"""What every workbook tells of a point as it stood on a day: the columns, and the cells of a row."""

from typing import Any

from municipalities.sheets import DATE, NUMBER, SheetColumn
from resolutions.execution.standings import PointOnDay

POINT_COLUMNS = (
    SheetColumn("Пункт", 8, NUMBER),
    SheetColumn("Вид", 16),
    SheetColumn("Что решено", 60),
    SheetColumn("Ответственный", 26),
    SheetColumn("Контролирует", 26),
    SheetColumn("Срок", 13, DATE),
    SheetColumn("Состояние", 26),
    SheetColumn("Результат", 30),
    SheetColumn("Срок прошёл", 12),
)


def point_cells(point: PointOnDay) -> tuple[Any, ...]:
    """The cells of `POINT_COLUMNS`."""
    return (
        point.number,
        point.kind.label,
        point.text,
        point.responsible,
        point.controller,
        point.due_on or point.due_in_words,  # a date is sorted and reckoned by
        point.state_told,
        point.result.sentence,
        yes_no(point.is_overdue),
    )


def yes_no(value: bool) -> str:
    """«да» or «нет»."""
    return "да" if value else "нет"
