"""A repeated letter: the same request, with a reference to the letter that was not answered."""

from resolutions.models import Letter, Outcome, Reply
from russian.templatetags.russian import long_date

# What is said of an answer that leaves the answer itself to be waited for.
_SO_FAR = {
    Outcome.INTERIM: "{when} получен промежуточный ответ; ответ по существу не поступил.",
    Outcome.FORWARDED: "{when} получен ответ о его переадресации; ответ по существу не поступил.",
}


def draft_repeat(letter: Letter) -> Letter:
    """A letter that repeats another one.

    Args:
        letter: a letter that left and was not answered to the point.

    Returns:
        An unsaved draft with the same addressee and text, and a first paragraph that refers to the letter and to what
        came back so far.
    """
    last = letter.replies.filter(is_revoked=False).last()
    reference = f"Письмом от {long_date(letter.date)} № {letter.number} Союз обращался к Вам. {_answered(last)}"
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


def _answered(reply: Reply | None) -> str:
    """What came back so far, in a sentence."""
    if reply is None:
        return "Ответ на него не поступил."
    return _SO_FAR[Outcome(reply.outcome)].format(when=long_date(reply.received_on))
