"""The SDG skeleton: complete, well linked, labelled in our words, true to the UN's vocabulary."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).parents[2]
SKELETON = ROOT / "data" / "sdg.ttl"
SCRIPT = ROOT / "data" / "build" / "sdg.py"

SDG = Namespace("http://metadata.un.org/sdg/")
SDGO = Namespace("http://metadata.un.org/sdg/ontology#")
SCHEME = URIRef("http://metadata.un.org/sdg")
SHORT_LABEL = URIRef("https://w3id.org/outcome-graph/ontology#shortLabel")
KINDS = (SDGO.Goal, SDGO.Target, SDGO.Indicator)
LANGUAGES = ("en", "fr", "es")
LONGEST_COMMON_RUN = 7

# The structure shared by the skeleton and the official vocabulary.
STRUCTURE = (
    SKOS.notation,
    SKOS.broader,
    SKOS.narrower,
    SKOS.inScheme,
    SKOS.topConceptOf,
    SKOS.hasTopConcept,
    SDGO.hasTarget,
    SDGO.isTargetOf,
    SDGO.hasIndicator,
    SDGO.isIndicatorOf,
)


@pytest.fixture(scope="module")
def skeleton() -> Graph:
    return Graph().parse(SKELETON, format="turtle")


@pytest.fixture(scope="module")
def official(shared: Path) -> Graph:
    path = shared / "vocabularies" / "sdg" / "sdg-kos-goals-targets-indicators.ttl"
    if not path.is_file():
        pytest.skip(f"needs the UN's official SDG vocabulary ({path})")
    return Graph().parse(path, format="turtle")


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_sdg", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return load_script()


def concepts(graph: Graph) -> list[URIRef]:
    return sorted({s for kind in KINDS for s in graph.subjects(RDF.type, kind)})


def short_label(graph: Graph, concept: URIRef, language: str) -> str:
    (label,) = [o for o in graph.objects(concept, SHORT_LABEL) if o.language == language]
    return str(label)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def common_run(one: list[str], other: list[str]) -> int:
    """The length of the longest run of words that two texts share."""
    best = 0
    before = [0] * (len(other) + 1)
    for word in one:
        now = [0] * (len(other) + 1)
        for j, candidate in enumerate(other, start=1):
            if word == candidate:
                now[j] = before[j - 1] + 1
                best = max(best, now[j])
        before = now
    return best


# ---- Completeness ---------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "count"), [("Goal", 17), ("Target", 169), ("Indicator", 232)])
def test_every_goal_target_and_indicator_is_there(skeleton: Graph, kind: str, count: int) -> None:
    # 17 and 169: General Assembly resolution 70/1. 232: different indicators of the global
    # framework before the 2020 comprehensive review (UN Statistics Division).
    found = set(skeleton.subjects(RDF.type, SDGO[kind]))
    assert len(found) == count
    assert all((concept, RDF.type, SKOS.Concept) in skeleton for concept in found)


def test_targets_per_goal(skeleton: Graph) -> None:
    # General Assembly resolution 70/1, the list of goals and targets.
    expected = [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]
    counts = [len(set(skeleton.objects(SDG[str(n)], SDGO.hasTarget))) for n in range(1, 18)]
    assert counts == expected


def test_known_concepts(skeleton: Graph) -> None:
    assert short_label(skeleton, SDG["1"], "en") == "No poverty"
    assert short_label(skeleton, SDG["1"], "fr") == "Pas de pauvreté"
    assert short_label(skeleton, SDG["1"], "es") == "Fin de la pobreza"
    assert (SDG["1.3"], SDGO.isTargetOf, SDG["1"]) in skeleton
    assert (SDG.C010301, SDGO.isIndicatorOf, SDG["1.3"]) in skeleton
    assert (SDG["1.99"], None, None) not in skeleton
    assert (None, None, SDG["1.99"]) not in skeleton


def test_notations_bear_the_datatypes_of_the_un(skeleton: Graph) -> None:
    assert set(skeleton.objects(SDG["1.3"], SKOS.notation)) == {
        Literal("01.03", datatype=SDGO.SDGCode),
        Literal("1.3", datatype=SDGO.SDGCodeCompact),
    }
    assert set(skeleton.objects(SDG.C010a01, SKOS.notation)) == {
        Literal("01.0a.01", datatype=SDGO.SDGCode),
        Literal("1.a.1", datatype=SDGO.SDGCodeCompact),
        Literal("C010a01", datatype=SDGO.SDGCodePerm),
    }


def test_no_code_names_two_concepts(skeleton: Graph) -> None:
    counts = Counter(notation for notation in skeleton.objects(None, SKOS.notation))
    assert [notation for notation, count in counts.items() if count > 1] == []


# ---- Hierarchy ------------------------------------------------------------------------------


def test_every_target_is_within_the_goal_its_code_names(skeleton: Graph) -> None:
    for target in skeleton.subjects(RDF.type, SDGO.Target):
        goal = SDG[target.removeprefix(SDG).split(".")[0]]
        assert set(skeleton.objects(target, SDGO.isTargetOf)) == {goal}
        assert (goal, RDF.type, SDGO.Goal) in skeleton


def test_every_indicator_has_a_target(skeleton: Graph) -> None:
    for indicator in skeleton.subjects(RDF.type, SDGO.Indicator):
        targets = set(skeleton.objects(indicator, SDGO.isIndicatorOf))
        assert targets, indicator
        assert all((target, RDF.type, SDGO.Target) in skeleton for target in targets)


def test_the_framework_lists_244_indicators_some_of_them_repeated(skeleton: Graph) -> None:
    # UN Statistics Division, global indicator framework before the 2020 comprehensive review:
    # 244 listed, 232 different, since nine stand under two or three targets.
    assert len(set(skeleton.subject_objects(SDGO.isIndicatorOf))) == 244
    repeated = Counter(skeleton.subjects(SDGO.isIndicatorOf))
    assert sorted(count for count in repeated.values() if count > 1) == [2] * 6 + [3] * 3


def test_an_indicator_of_several_targets_is_one_concept(skeleton: Graph) -> None:
    notations = skeleton.objects(SDG.C200303, SKOS.notation)
    compact = {str(o) for o in notations if o.datatype == SDGO.SDGCodeCompact}
    assert compact == {"1.5.1", "11.5.1", "13.1.1"}
    targets = set(skeleton.objects(SDG.C200303, SKOS.broader))
    assert targets == {SDG["1.5"], SDG["11.5"], SDG["13.1"]}


@pytest.mark.parametrize(
    ("up", "down"),
    [
        (SKOS.broader, SKOS.narrower),
        (SDGO.isTargetOf, SDGO.hasTarget),
        (SDGO.isIndicatorOf, SDGO.hasIndicator),
        (SKOS.topConceptOf, SKOS.hasTopConcept),
    ],
)
def test_links_go_both_ways(skeleton: Graph, up: URIRef, down: URIRef) -> None:
    upwards = set(skeleton.subject_objects(up))
    assert upwards
    assert upwards == {(below, above) for above, below in skeleton.subject_objects(down)}


def test_the_scheme_holds_every_concept_and_the_goals_are_its_top(skeleton: Graph) -> None:
    assert (SCHEME, RDF.type, SKOS.ConceptScheme) in skeleton
    assert sorted(skeleton.subjects(SKOS.inScheme, SCHEME)) == concepts(skeleton)
    goals = set(skeleton.subjects(RDF.type, SDGO.Goal))
    assert set(skeleton.subjects(SKOS.topConceptOf, SCHEME)) == goals


# ---- Short labels ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_one_short_label_in_each_language(skeleton: Graph, language: str) -> None:
    for concept in concepts(skeleton):
        label = short_label(skeleton, concept, language)  # fails unless there is exactly one
        assert label == " ".join(label.split()), f"{concept}: stray spaces"
        # A sign that stands alone ("%", ":" or a guillemet in French) is no word.
        count = sum(any(c.isalnum() for c in word) for word in label.split())
        least = 2 if (concept, RDF.type, SDGO.Goal) in skeleton else 3
        assert least <= count <= 9, f"{concept} {language}: {label}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_labels_tell_the_concepts_apart(skeleton: Graph, language: str) -> None:
    counts = Counter(short_label(skeleton, c, language).casefold() for c in concepts(skeleton))
    assert [label for label, count in counts.items() if count > 1] == []


def test_translations_are_not_copies(skeleton: Graph) -> None:
    for concept in concepts(skeleton):
        labels = {short_label(skeleton, concept, language) for language in LANGUAGES}
        assert len(labels) == len(LANGUAGES), f"{concept}: {labels}"


def test_the_skeleton_holds_no_official_label(skeleton: Graph) -> None:
    assert set(skeleton.subject_objects(SKOS.prefLabel)) == set()


# ---- Against the official vocabulary --------------------------------------------------------


def test_the_same_concepts_as_the_official_vocabulary(skeleton: Graph, official: Graph) -> None:
    for kind in KINDS:
        ours = set(skeleton.subjects(RDF.type, kind))
        assert ours == set(official.subjects(RDF.type, kind))


@pytest.mark.parametrize("predicate", STRUCTURE, ids=lambda p: p.rpartition("/")[2])
def test_the_same_structure_as_the_official_vocabulary(
    skeleton: Graph, official: Graph, predicate: URIRef
) -> None:
    ours = set(skeleton.subject_objects(predicate))
    assert ours
    assert ours == set(official.subject_objects(predicate))


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_labels_are_our_own_words(skeleton: Graph, official: Graph, language: str) -> None:
    copied = []
    compared = 0
    for concept in concepts(skeleton):
        ours = words(short_label(skeleton, concept, language))
        for label in official.objects(concept, SKOS.prefLabel):
            if label.language == language:
                theirs = words(label)
                compared += 1
                if ours == theirs or common_run(ours, theirs) > LONGEST_COMMON_RUN:
                    copied.append((str(concept), str(label)))
    assert compared >= len(concepts(skeleton))
    assert copied == []


# ---- The build script -----------------------------------------------------------------------


def test_the_committed_file_is_what_the_script_writes(tmp_path: Path) -> None:
    output = tmp_path / "sdg.ttl"
    command = [sys.executable, SCRIPT, "--output", output]
    subprocess.run(command, check=True, cwd=tmp_path, timeout=60)
    assert output.read_bytes() == SKELETON.read_bytes()


def test_check_tells_an_outdated_file(tmp_path: Path) -> None:
    stale = tmp_path / "sdg.ttl"
    stale.write_text("# stale\n", encoding="utf-8")
    command = [sys.executable, SCRIPT, "--check", "--output", stale]
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert "out of date" in result.stderr
    assert stale.read_text(encoding="utf-8") == "# stale\n"


GOOD_ROWS = ["1,1,a,b,c", "1.1,1.1,d,e,f", "C010101,1.1.1,g,h,i"]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (["1,1,a,b,"], "lacks a label"),
        (["1,1,a,b"], "must have 5 cells"),
        (["1,1,a,b,c,d"], "must have 5 cells"),
        (["1"], "must have 5 cells"),
        (["1,one,a,b,c"], "not a list of SDG codes"),
        (["1,,a,b,c"], "not a list of SDG codes"),
        (["1,1,a,b,c", "1.1,1.1 1.1.1,d,e,f"], "not of one level"),
        (["1,1,a,b,c", "x,1.1,d,e,f"], "identified by its code"),
        ([*GOOD_ROWS, "1.1.2,1.1.2,j,k,l"], "permanent indicator code"),
        ([*GOOD_ROWS, "1.1,1.1,j,k,l"], "given twice"),
        ([*GOOD_ROWS, "C010102,1.1.1,j,k,l"], "given twice"),
        ([*GOOD_ROWS, "C020101,2.1.1,j,k,l"], "below 2.1, which is missing"),
    ],
)
def test_a_faulty_table_is_refused(
    script: ModuleType, tmp_path: Path, rows: list[str], complaint: str
) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("\n".join(["id,codes,en,fr,es", *rows, ""]), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(complaint)):
        script.read_concepts(table)


def test_a_table_without_its_columns_is_refused(script: ModuleType, tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("id,codes,en\n1,1,a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns must be id, codes, en, fr, es"):
        script.read_concepts(table)


def test_a_label_with_quotes_survives(script: ModuleType) -> None:
    text = 'say "no" \\ more'
    labels = tuple((language, text) for language in LANGUAGES)
    turtle = script.render([script.Concept("1", ("1",), labels)])
    assert short_label(Graph().parse(data=turtle, format="turtle"), SDG["1"], "en") == text
