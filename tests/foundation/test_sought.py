"""Words in an address: to be read again by whoever typed them, and by nobody else."""

import uuid

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from foundation import sought

HERE, ELSEWHERE = uuid.UUID(int=1), uuid.UUID(int=2)


def address(words: str, reader: uuid.UUID = HERE) -> QueryDict:
    return QueryDict(f"tab=team&sought={sought.seal_words(words, reader)}")


@pytest.mark.parametrize("words", ["Samira", "Ayşe Yıldız", "999990019", "a" * 200, "😀 & = + /"])
def test_who_typed_them_reads_them_again(words: str) -> None:
    assert sought.words_of(address(words), HERE) == words
    assert words not in address(words).urlencode()


def test_nobody_else_does_and_nothing_that_was_changed() -> None:
    sealed = sought.seal_words("Samira", HERE)
    assert sought.words_of(address("Samira"), ELSEWHERE) == ""
    for wrong in (
        sealed[:-2],
        "A" + sealed[1:] if sealed[0] != "A" else "B" + sealed[1:],
        sealed[:9],
        "é",
        "=",
        "AAAA",
    ):
        assert sought.words_of({"sought": wrong}, HERE) == ""


def test_the_same_words_look_different_each_time_and_none_leave_no_trace() -> None:
    assert sought.seal_words("Samira", HERE) != sought.seal_words("Samira", HERE)
    assert sought.seal_words(sought.words_in({"q": "  "}), HERE) == ""


def test_the_sign_that_no_text_holds_is_refused() -> None:
    with pytest.raises(SuspiciousOperation):
        sought.words_in({"q": "nul\0teken"})


def test_an_address_of_before_still_finds() -> None:
    assert sought.words_of({"q": " Samira "}, HERE) == "Samira"
