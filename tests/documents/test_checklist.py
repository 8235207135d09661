"""The checklist before issuing: generic findings; what blocks, and what is only odd."""

import pytest

from documents import checklist
from documents.checklist import Finding, IssueRefused, blocked, refuse_blocked, warned
from documents.signatories import is_somebody_else


def sentences(findings: object) -> list[str]:
    return [finding.sentence for finding in findings]  # type: ignore[attr-defined]  # an iterator of findings


def test_warnings_let_a_document_pass_and_blocks_do_not() -> None:
    refuse_blocked([warned("Странно.")])
    with pytest.raises(IssueRefused, match=r"^Нет даты\. Нет номера\.$") as refusal:
        refuse_blocked([blocked("Нет даты."), warned("Странно."), blocked("Нет номера.")])
    assert len(refusal.value.findings) == 2


def test_characters_that_the_font_lacks_block_and_are_named_by_their_place() -> None:
    places = [("Заголовок", "Обычный «текст» № 1 — да"), ("Пункт 1", "и 漢")]
    (finding,) = checklist.unprintable(places)
    assert finding.blocks
    assert finding.sentence == "Пункт 1: символ «漢» (U+6F22), 3-й знак, на бумаге не напечатать: замените его."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Обычный «текст» № 1 — да", ""),
        ("🚀", "Символ «🚀» (U+1F680), 1-й знак, на бумаге не напечатать: замените его."),
        (
            "漢 и 漢",
            "Символы «漢» (U+6F22), 1-й знак; «漢» (U+6F22), 5-й знак, на бумаге не напечатать: замените их.",
        ),
        ("漢" * 4, "3-й знак и ещё 1 символ на бумаге не напечатать: замените их."),
        ("漢" * 5, "и ещё 2 символа на бумаге не напечатать: замените их."),
        ("漢" * 8, "и ещё 5 символов на бумаге не напечатать: замените их."),
        ("Первая\r\n\r\nтретья 漢\r\n", "Символ «漢» (U+6F22), 3-я строка, 8-й знак, на бумаге"),
        ("Первая\n漢", "2-я строка, 1-й знак, на бумаге"),
    ],
)
def test_the_first_few_are_named_with_their_places_and_the_rest_counted(text: str, told: str) -> None:
    said = checklist.not_printable(text).replace("\u00a0", " ")
    assert told in said
    assert bool(said) is bool(told)


@pytest.mark.parametrize(
    ("position", "name", "signer", "expected"),
    [
        ("Председатель", "Н.В. Корягина", "Корягина Наталья", []),
        ("Председатель", "Н.В. Корягина", "", []),
        ("Председатель", "", "", ["Подписант не указан."]),
        ("", "Н.В. Корягина", "", ["Не указана должность того, кто подписывает."]),
        ("Председатель", "Н.В. Корягина", "Иванов", ["В документе подписывает Н.В. Корягина, а в портале – Иванов."]),
        ("Председатель", "Н." * 30, "", ["Имя подписанта длинное: для должности рядом с ним остаётся мало места."]),
        ("Председатель", "Ж" * 50, "", ["Имя подписанта не помещается в строку."]),
    ],
)
def test_the_signatory_is_named_and_fits(position: str, name: str, signer: str, expected: list[str]) -> None:
    assert sentences(checklist.signatory(position, name, signer=signer)) == expected


def test_a_word_wider_than_its_line_is_named_once() -> None:
    address = "https://" + "portal." * 20
    assert sentences(checklist.long_words([f"Смотри {address} и снова {address}"])) == [
        f"Слово не помещается в строку и будет разорвано: «{address[:60]}…»."
    ]
    assert not list(checklist.long_words(["Достопримечательность высокоразвитая"]))


@pytest.mark.parametrize("text", ["«О проекте «Умный город» в городах»", "без кавычек", "«»"])
def test_quotation_marks_in_pairs_are_in_order(text: str) -> None:
    assert not list(checklist.quotation_marks([text]))


@pytest.mark.parametrize("text", ["«О проекте «Умный город»", "О проекте»", "»Город«"])
def test_a_quotation_mark_without_its_pair_is_odd(text: str) -> None:
    assert [finding.blocks for finding in checklist.quotation_marks([text])] == [False]


def test_what_should_stand_in_one_line_is_measured() -> None:
    assert sentences(checklist.one_line("ж" * 70, "Место")) == ["Место не помещается в одну строку."]
    assert not list(checklist.one_line("г. Архангельск", "Место"))


@pytest.mark.parametrize(
    ("name", "signatory", "differs"),
    [
        ("Корягина Наталья Владимировна", "Н.В. Корягина", False),
        ("КОРЯГИНА Н.В.", "Н.В. Корягина", False),
        ("Иванов И.И.", "Н.В. Корягина", True),
        ("Кто угодно", "", False),
    ],
)
def test_people_are_compared_by_surname(name: str, signatory: str, differs: bool) -> None:
    assert is_somebody_else(name, signatory) is differs


def test_a_finding_says_whether_it_blocks() -> None:
    assert (blocked("x").blocks, warned("x").blocks) == (True, False)
    assert blocked("x") == Finding(checklist.Severity.BLOCKS, "x")
