"""A repeated letter: the same request, with a reference to the letter that was not answered."""

from resolutions.models import Letter
from russian.templatetags.russian import long_date


def draft_repeat(letter: Letter) -> Letter:
    """A letter that repeats another one.

    Args:
        letter: a letter that left and was not answered.

    Returns:
        An unsaved draft with the same addressee and text, and a first paragraph that refers to the letter.
    """
    reference = (
        f"Письмом от {long_date(letter.date)} № {letter.number} Союз обращался к Вам. Ответ на него не поступил."
    )
    return Letter(
        kind=letter.kind,
        resolution=letter.resolution,
        point=letter.point,
        municipality=letter.municipality,
        repeats=letter,
        addressee=letter.addressee,
        heading=letter.heading,
        salutation=letter.salutation,
        body=f"{reference}\nНаправляем обращение повторно.\n{letter.body}",
        signatory_position=letter.signatory_position,
        signatory_name=letter.signatory_name,
        executor=letter.executor,
        reply_days=letter.reply_days,
    )
