"""Pages in three languages: which one, that nothing is left in English, and what stays as it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from jinja2 import Environment, nodes

from outcome_graph.pipeline import OutcomeGraph, canned_queries
from outcome_graph.service import create_app, wording
from outcome_graph.service.wording import LANGUAGES, catalogue, language_of

SEED_ID = "LAO226-2020-21-8.1.1"
SEED = Path(__file__).parents[2] / "data" / "outcomes" / f"{SEED_ID}.txt"
SERVICE = Path(wording.__file__).parent
OTHERS = [code for code in LANGUAGES if code != "en"]
HTML = {"Accept": "text/html"}

#: Every page, also those that say what is wrong.
PAGES = [
    "/",
    "/results",
    "/results?words=strategy",
    "/results?words=zebra",
    "/results?page=99",
    "/results?page=x",
    "/results?country=LAO&format=html",
    "/queries",
    *(f"/queries/{query.name}" for query in canned_queries()),
    "/queries/outcomes?country=Atlantis",
    "/queries/outcomes?target=99.9",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+og%3Acode+%3Fcode+%7D",
    "/sparql?query=ASK+%7B+%7D",
    "/validate",
    "/load",
    "/review",
    "/review?show=decided",
    f"/review?record={SEED_ID}",
    "/catalog",
    "/ontology",
    "/shapes",
    f"/record/{SEED_ID}",
    f"/record/{SEED_ID}/history",
    "/record/none",
    "/nowhere",
    "/country/LAO",
    "/country/XXX",
    "/organisation/ilo",
    "/organisation/dfid",
    "/organisation/ida",
    "/legal-act/LAO/2020/decree-224",
    "/concept/step/1",
    "/concept/indicator/2020-21/8.1.1",
    f"/activity/{SEED_ID}/1",
    "/sdg/1",
    "/sdg/1.3",
    "/reconcile/preview?id=https%3A%2F%2Fw3id.org%2Foutcome-graph%2Fcountry%2FLAO",
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OutcomeGraph]:
    folder = tmp_path_factory.mktemp("languages")
    with OutcomeGraph.open(folder / "store") as graph:
        assert graph.load(SEED).committed
        yield graph


@pytest.fixture(scope="module")
def client(opened: OutcomeGraph) -> FlaskClient:
    return create_app(opened).test_client()


class Shown(HTMLParser):
    """The texts of a page that are in its own language, and names of fields that are read out."""

    ATTRIBUTES = ("aria-label", "placeholder", "title", "alt")
    EMPTY = ("meta", "link", "input", "br", "hr")
    #: Code, and what people typed.
    LEFT = ("code", "pre", "textarea", "style")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self._languages: list[str] = []
        self._tags: list[str] = []
        self.feed(page)
        assert not self._tags, f"not closed: {self._tags}"

    @property
    def _own(self) -> bool:
        first = self._languages[0] if self._languages else ""
        return self._languages[-1] == first and not set(self._tags) & set(self.LEFT)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in self.EMPTY:
            self._tags.append(tag)
            last = self._languages[-1] if self._languages else ""
            self._languages.append(known.get("lang") or last)
        for name in self.ATTRIBUTES:
            if known.get(name) and self._own:
                self.texts.add(str(known[name]))

    def handle_endtag(self, tag: str) -> None:
        assert self._tags.pop() == tag
        self._languages.pop()

    def handle_data(self, data: str) -> None:
        if self._tags and self._own and (text := " ".join(data.split())):
            self.texts.add(text)


def shown(client: FlaskClient, path: str, language: str) -> set[str]:
    response = client.get(path, headers={**HTML, "Accept-Language": language})
    assert response.mimetype == "text/html", response.text
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Content-Language"] == language
    return Shown(response.text).texts


#: What the same word is said with in both: names, codes, addresses.
_NAME = re.compile(
    r"""(
      [\W\d_]* | .*\d.* | [A-Z]{2,3} | [a-z]{2} | ".*"(@en)?  # signs, numbers, codes, literals
      | (og|skos|rdf|rdfs|owl|dcterms|prov|foaf|sdgo|org|eli|schema|sh|void|dcat|xsd)(:\S*)?
      | https?:.* | \S+/\S+ | Outcome\ Graph | .*–\ Outcome\ Graph
      | Turtle | JSON(-LD)? | N-Triples | RDF/XML | CSV | TSV | XML | OpenAPI | DCAT | VoID | SHACL
      | .*\(JSON\).* | .*VoID.* | UTC | IRI:
    )""",
    re.VERBOSE,
)


#: Places, names of a country in other languages, who loaded, variables and classes as code.
NAMES = {"Thalat", "Vientiane", "Laos", "Luxembourg", "api", "s", "code", "Contribution:", "Public"}
#: Terms of the ontology that are the same word, and codes.
NAMES |= {"accept", "contribution", "dimension", "iati", "result-page", "sector", "verdict"}
NAMES |= {f"sdg:ontology#{name}" for name in ("Goal", "Target", "Indicator")}
NAMES |= {"لاوس; Lao P.D.R.; Lao PDR; Laos; RDP Lao; RDP du Laos"}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_left_in_english(
    client: FlaskClient, opened: OutcomeGraph, path: str, language: str
) -> None:
    in_english, own = shown(client, path, "en"), shown(client, path, language)
    same_word = {words[language] for words in catalogue().values()}
    record = opened.record(SEED_ID)
    named = [*record.funders, *record.constituents]
    named += record.contribution.contributors if record.contribution else ()
    names = {*NAMES, *(str(organisation.name) for organisation in named)}
    left = {
        text
        for text in in_english & own
        if not _NAME.fullmatch(text) and text not in same_word and text not in names
    }
    assert not left


# -- the catalogue ---------------------------------------------------------------------------------


def _said_in_templates() -> Iterator[str]:
    for path in (SERVICE / "templates").glob("*.html"):
        for call in Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("_", "counted"):
                yield from (a.value for a in call.args if isinstance(a, nodes.Const))


def _said_in_views() -> Iterator[str]:
    for path in SERVICE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "counted"):
                yield from (a.value for a in node.args if isinstance(a, ast.Constant))


def test_the_catalogue_has_all_that_is_said() -> None:
    wanted = {text for text in (*_said_in_templates(), *_said_in_views()) if isinstance(text, str)}
    assert len(wanted) > 200
    assert wanted <= catalogue().keys()


#: Messages are put together of sentences, and of nouns for what was counted.
_SPLIT = re.compile(r"\{\w+\}|(?<=[.?]) |(?<=\} )(?:rows|statements)(?= are given)")


def test_the_catalogue_has_nothing_that_nobody_says() -> None:
    """What is in no call stands in a table of names, in a query, or is a message of an error."""
    files = [*SERVICE.parent.rglob("*.py"), *SERVICE.rglob("*.html")]
    # Long messages are broken over lines.
    code = re.sub(r'"\s+f?"', "", " ".join(path.read_text("utf-8") for path in files))
    asked = " ".join(query.sparql for query in canned_queries())
    headings = {re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() for name in asked.split("?")}
    headings = {" ".join(re.findall(r"\w+", heading)[:2]) for heading in headings}
    unknown = [
        text
        for text in catalogue()
        if not all(part.replace('"', '\\"') in code for part in _SPLIT.split(text))
        and not any(heading.startswith(text) for heading in headings)
    ]
    assert unknown == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_are_whole(language: str) -> None:
    for english, words in catalogue().items():
        text = words[language]
        assert text.strip() == text or english == ": ", english
        for pattern in (r"\{\w+\}", r"<[^>]+>"):
            assert sorted(re.findall(pattern, text)) == sorted(re.findall(pattern, english)), text
    assert {frozenset(words) for words in catalogue().values()} == {frozenset(OTHERS)}


def test_canned_queries_are_whole() -> None:
    for query in canned_queries():
        for language in OTHERS:
            other = query.in_language(language)
            assert other.title != query.title
            assert other.description != query.description
            pairs = zip(other.parameters, query.parameters, strict=True)
            assert all(mine.help != theirs.help for mine, theirs in pairs)
            assert other.sparql == query.sparql


# -- which language --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("es-PE,es;q=0.9,en;q=0.8", "es"),
        ("lo,fr;q=0.5,en;q=0.4", "fr"),
        ("en-GB, fr;q=0.9", "en"),
        ("fr;q=0, es;q=0.1", "es"),
        ("FR-sn", "fr"),
        ("de, zh", "en"),
        ("*", "en"),
        ("fr;q=x, es", "es"),
        (",;q=1,fr;q=", "fr"),
    ],
)
def test_the_language_is_negotiated(client: FlaskClient, header: str, language: str) -> None:
    assert language_of(header) == language
    response = client.get("/results", headers={**HTML, "Accept-Language": header})
    assert f'<html lang="{language}">' in response.text


def test_what_is_asked_for_goes_before_and_goes_along(client: FlaskClient) -> None:
    french = {**HTML, "Accept-Language": "fr"}
    text = client.get("/results?lang=es&words=laos", headers=french).text
    assert '<html lang="es">' in text
    assert 'href="/sparql?lang=es"' in text
    assert '<input type="hidden" name="lang" value="es">' in text
    # English too must be asked for on every page, or the next would be in French.
    assert 'href="/sparql?lang=en"' in client.get("/?lang=en", headers=french).text
    # Where nothing was asked for, addresses stay plain.
    plain = client.get("/", headers=french).text
    assert 'href="/sparql"' in plain
    for code, name in LANGUAGES.items():
        assert re.search(rf'href="\?lang={code}"[^>]*>{name}</a>', plain)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_a_page_goes_along(client: FlaskClient, path: str) -> None:
    mark = "&" if "?" in path else "?"
    text = client.get(f"{path}{mark}lang=es", headers=HTML).text
    links = set(re.findall(r'href="(/[^"#]*)', text))
    data = re.compile(
        r"/static/.*|.*\.(ttl|jsonld|nt|rdf|json|gz|txt)|.*[?;&]format=\w+|/records|.*/void"
    )
    assert [link for link in links if "lang=es" not in link and not data.fullmatch(link)] == []


def test_caches_keep_the_languages_apart(client: FlaskClient) -> None:
    etags = set()
    for code in ("en", "fr", "es", "en", "fr"):
        response = client.get("/catalog", headers={**HTML, "Accept-Language": code})
        assert f'<html lang="{code}">' in response.text
        assert "Accept-Language" in response.headers["Vary"]
        etags.add(response.headers["ETag"])
    assert len(etags) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/results", "text/csv"),
        ("/results", "application/json"),
        ("/queries", "application/json"),
        ("/queries/outcomes", "text/csv"),
        ("/queries/completeness", "application/json"),
        ("/record/none", "application/json"),
        (f"/record/{SEED_ID}", "text/turtle"),
        ("/openapi.json", "application/json"),
        ("/suggest?text=poverty", "application/json"),
        ("/reconcile", "application/json"),
    ],
)
def test_what_programs_read_is_the_same_in_all_languages(
    client: FlaskClient, path: str, accept: str
) -> None:
    answers = [
        client.get(path, headers={"Accept": accept, "Accept-Language": code}) for code in LANGUAGES
    ]
    assert len({answer.data for answer in answers}) == 1
    for answer in answers:
        assert "Accept-Language" not in answer.headers.get("Vary", "")
        assert "Content-Language" not in answer.headers


# -- messages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere", "Il n’y a rien à cette adresse"),
        ("/record/none", "Il n’y a pas de fiche none parmi les fiches publiques"),
        ("/country/XXX", "On ne sait rien de"),
        ("/results?page=x", "page est un nombre entier de 1 à 10000000, et non &#39;x&#39;"),
        (f"/results?words={'x' * 201}", "words a plus de 200 caractères"),
        ("/queries/outcomes?country=Atlantis", "Aucun pays ne s’appelle &#39;Atlantis&#39;"),
        ("/queries/outcomes?country=Frence", "S’agit-il de France"),
        ("/queries/outcomes?target=99.9", "Il n’y a pas d’objectif ni de cible des ODD"),
        ("/queries/none", "Il n’y a pas de question préparée &#39;none&#39;"),
        ("/review?country=Atlantis", "Il n’y a ni pays ni région « Atlantis »."),
        ("/review?country=Frence", "S’agit-il de France"),
    ],
)
def test_mistakes_are_explained_in_the_language(client: FlaskClient, path: str, words: str) -> None:
    response = client.get(path, headers={**HTML, "Accept-Language": "fr"})
    assert response.status_code >= 400
    assert words in response.text.replace("\u00a0", " ")


def test_a_message_that_has_no_translation_is_marked(client: FlaskClient) -> None:
    path = "/sparql?query=SELECT+%7B"
    text = client.get(path, headers={**HTML, "Accept-Language": "es"}).text
    assert '<p><span lang="en">' in text
    assert '<span lang="en">' not in client.get(path, headers=HTML).text


def test_what_was_pasted_is_judged_in_the_language(client: FlaskClient) -> None:
    wrong = SEED.read_text("utf-8").replace("01.04.2020", "31.02.2020")
    for language, words in (("fr", "Non conforme"), ("es", "No conforme")):
        form = {"document": wrong}
        response = client.post(
            "/validate", data=form, headers={**HTML, "Accept-Language": language}
        )
        assert f"<h1>{words}</h1>" in response.text
        empty = client.post(
            "/validate", data={"document": ""}, headers={**HTML, "Accept-Language": language}
        )
        assert empty.status_code == 400
        assert '<span lang="en">' not in empty.text


def test_decisions_are_asked_for_in_the_language(
    client: FlaskClient, opened: OutcomeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = client.post(
        "/review?lang=es", data={"token": "wrong"}, headers={**HTML, "Accept-Language": "es"}
    )
    assert response.status_code in (401, 403)
    assert '<span lang="en">' not in response.text
    assert "No se cambió nada" in response.text


# -- numbers and dates -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "number", "percent", "date", "period"),
    [
        ("en", "12,500", "83%", "1 April 2020", "25–27 August 2020"),
        ("fr", "12\u202f500", "83\u202f%", "1er avril 2020", "25–27 août 2020"),
        ("es", "12\u202f500", "83\u202f%", "1 de abril de 2020", "25–27 de agosto de 2020"),
    ],
)
def test_numbers_and_dates(
    client: FlaskClient, language: str, number: str, percent: str, date: str, period: str
) -> None:
    with client.application.test_request_context(f"/?lang={language}"):
        assert wording.number(12_500) == number
        assert wording.percent(0.83) == percent
    text = client.get(f"/record/{SEED_ID}?lang={language}", headers=HTML).text
    assert date in text
    assert period in text


def test_a_record_is_told_in_the_nearest_language(tmp_path: Path) -> None:
    """A record has its title in Spanish and French: each reader gets what is nearest."""
    table = tmp_path / "two.csv"
    table.write_text(
        "Language,Code,Country,Title,Title (fr),Date achieved,Biennium,Step,Indicator,Visibility,"
        "Contributors,SDG targets,Outcome achieved\n"
        "es,PER101,Peru,Ley de pensiones,Loi sur les pensions,2021-05-17,2020-21,1,8.1.1,Public,"
        "ILO,1.3,El Congreso aprobó la ley.\n",
        "utf-8",
    )
    with OutcomeGraph.open(tmp_path / "store") as graph:
        assert graph.load(table).committed, graph.load(table).to_text()
        client = create_app(graph).test_client()
        path = "/record/PER101-2020-21-8.1.1?lang="
        french = client.get(f"{path}fr", headers=HTML).text
        assert '<h1 id="titles">Loi sur les pensions</h1>' in french
        assert '<div class="prose" lang="es">' in french
        spanish = client.get(f"{path}es", headers=HTML).text
        assert '<h1 id="titles">Ley de pensiones</h1>' in spanish
        english = client.get(f"{path}en", headers=HTML).text
        assert '<h1 id="titles" lang="es">Ley de pensiones</h1>' in english
        listed = client.get("/results?lang=fr", headers=HTML).text
        assert ">Loi sur les pensions</a>" in listed
