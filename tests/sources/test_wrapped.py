"""Text whose lines were broken to fit a page, as it is copied from a PDF."""

from __future__ import annotations

from outcome_graph.draft import SourceFile
from outcome_graph.sources.text import decode

PAGE = """Outcome achieved

The Council of Ministers approved Decree-Law No. 39/2022 of 12 August
2022, which makes the registry the gateway to all social bene-
fits of self-
employed workers. It was financed by the Grand Duchy of Luxem-
bourg and held in Praia, 16-
17 November 2022.

Ministério da Família, Inclusão e Desenvolvimento Social
Associação Nacional dos Municípios de Cabo Verde
União Nacional dos Trabalhadores de Cabo Verde
"""


def test_broken_lines_are_joined_and_names_one_a_line_are_not() -> None:
    lines = decode(SourceFile("page.txt", PAGE.encode())).text.splitlines()
    assert lines[2] == (
        "The Council of Ministers approved Decree-Law No. 39/2022 of 12 August 2022, which makes "
        "the registry the gateway to all social benefits of self-employed workers. It was financed "
        "by the Grand Duchy of Luxembourg and held in Praia, 16-17 November 2022."
    )
    assert lines[-3:] == PAGE.splitlines()[-3:]


def test_places_are_those_of_the_file() -> None:
    text = decode(SourceFile("page.txt", PAGE.encode()))
    for words, line in (("Outcome", 1), ("2022, which", 4), ("employed", 6), ("União", 12)):
        assert text.location(text.text.index(words)).line == line


def test_text_with_long_lines_is_left_as_it_is() -> None:
    page = PAGE + "x" * 130 + "\n"
    assert decode(SourceFile("page.txt", page.encode())).text == page


def test_a_line_that_ended_early_is_not_joined_to_one_that_begins_anew() -> None:
    page = PAGE + (
        "\n  • 10.4 Adopt policies, especially fiscal, wage and social protection poli-\n"
        "cies, and achieve greater equality\nOld age, Family, Invalidity\n"
    )
    lines = decode(SourceFile("page.txt", page.encode())).text.splitlines()
    assert lines[-1] == "Old age, Family, Invalidity"
    assert lines[-2].endswith("social protection policies, and achieve greater equality")


#: Of a width that its lines tell: none had room for the word that follows.
NARROW = """Outcome achieved

Parliament ratified the agreement with the neighbouring country by
the law of last May, which adds up all the periods that have been
spent in either of the two. The arrangement was made in September
and names the office that is to answer letters of those who claim
their pensions from both sides. Those who care for others, nearly
all of them women, gain most, since their years were often parted
between the two countries.

Child raising periods are not taken into account by either of the
two countries so far.

"""


def test_names_one_a_line_are_not_joined_where_one_of_them_is_as_wide_as_the_page() -> None:
    names = (
        "Ministry of Labour and Social Protection of Greater Ruritania\n"
        "National Office of Insurance\nMinistry of Foreign Affairs\n"
    )
    lines = decode(SourceFile("page.txt", (NARROW + names).encode())).text.splitlines()
    assert lines[-3:] == names.splitlines()


def test_a_line_that_had_room_for_the_next_word_ended_of_its_own_accord() -> None:
    list_of = (
        "  • 8.8 Protect labour rights and promote safe environments\n"
        "Old age, Invalidity, Survivors and all of sickness or maternity\n"
    )
    lines = decode(SourceFile("page.txt", (NARROW + list_of).encode())).text.splitlines()
    assert lines[-2:] == list_of.splitlines()
