"""Concepts of our schemes, by notation or by any label in English, French or Spanish."""

from __future__ import annotations

import re

from outcome_graph.namespaces import OG, SKOS, IriMinter
from outcome_graph.rdf import NamedNode
from outcome_graph.vocabulary.files import Description, Descriptions, descriptions, texts_of
from outcome_graph.vocabulary.names import fold, words_of

__all__ = ["Concepts"]

#: Words that sources use beside the labels of a scheme; facts of usage.
_SYNONYMS: dict[str, dict[str, str]] = {
    "visibility": {
        "confidential": "internal",
        "confidentiel": "internal",
        "confidencial": "internal",
        "private": "internal",
        "prive": "internal",
        "privado": "internal",
        "restreint": "internal",
        "restringido": "internal",
        "interna": "internal",
    },
    "branch": {
        "healthcare": "medical-care",
        "soins de sante": "medical-care",
        "pensions": "old-age",
        "child": "family",
        "children": "family",
        "familiales": "family",
        "familiares": "family",
        "accident du travail": "employment-injury",
        "accidentes de trabajo": "employment-injury",
        "accidente de trabajo": "employment-injury",
        "accidentes de trabajo y enfermedades profesionales": "employment-injury",
        "supervivencia": "survivors",
        "toutes": "all",
        "todas": "all",
        # In Portuguese, where Spanish does not say the same.
        "velhice": "old-age",
        "sobrevivencia": "survivors",
        "sobreviventes": "survivors",
        "desemprego": "unemployment",
        "doenca": "sickness",
        "maternidade": "maternity",
        "saude": "medical-care",
        "assistencia medica": "medical-care",
        "cuidados medicos": "medical-care",
        "acidentes de trabalho": "employment-injury",
        "acidentes de trabalho e doencas profissionais": "employment-injury",
        "abono de familia": "family",
        "todos os ramos": "all",
    },
    "legal-act-type": {
        "acts": "law",
        "organic law": "law",
        "loi organique": "law",
        "ley organica": "law",
        "subdecree": "sub-decree",
        "sub decree": "sub-decree",
        "resolucion suprema": "resolution",
    },
    "constituent-type": {
        "workers organization": "workers",
        "workers organisations": "workers",
        "workers organizations": "workers",
        "trade unions": "workers",
        "syndicats": "workers",
        "employers organization": "employers",
        "employers organisations": "employers",
        "employers organizations": "employers",
    },
}
#: Words that say nothing in the name of a branch: "Maternity benefits" is "Maternity".
_BRANCH_FILLERS = words_of(
    "benefit benefits pension pensions insurance protection scheme prestation prestations "
    "prestacion prestaciones indemnite indemnites assurance seguro de des en"
)
_STEP_NOTE = re.compile(r"\s*\((?:step|étape|etape|paso|etapa)\s*\d\)", re.IGNORECASE)


class Concepts:
    """The concept schemes.

    Parameters:
        described: what ``ontology/concepts`` says.
        minter: the base its IRIs were resolved against.
    """

    def __init__(self, described: Descriptions, minter: IriMinter) -> None:
        self._names: dict[str, dict[str, str]] = {}
        self._notations: dict[str, list[str]] = {}
        self._step_of: dict[str, int] = {}
        self._statements: dict[str, str] = {}
        for iri, description in described.items():
            parts = minter.parts(iri)
            if len(parts) < 3 or parts[0] != "concept":
                continue
            scheme, notation = parts[1], "/".join(parts[2:])
            self._notations.setdefault(scheme, []).append(notation)
            if scheme != "indicator":
                self._add_names(scheme, notation, description)
            if scheme == "result-type":
                self._add_result_type(notation, description, minter)

    @classmethod
    def load(cls, minter: IriMinter) -> Concepts:
        """Read the packaged concept schemes."""
        wanted = (SKOS.notation, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, OG.step)
        return cls(descriptions("concepts", minter, wanted), minter)

    def _add_names(self, scheme: str, notation: str, description: Description) -> None:
        names = self._names.setdefault(scheme, {})
        names[fold(notation)] = notation
        for property_ in (SKOS.prefLabel, SKOS.altLabel):
            for label, _ in texts_of(description, property_):
                names.setdefault(fold(label), notation)
                if scheme == "branch" and (core := _core(label)):
                    names.setdefault(core, notation)

    def _add_result_type(self, notation: str, description: Description, minter: IriMinter) -> None:
        for step in description.get(OG.step.value, []):
            parts = minter.parts(step) if isinstance(step, NamedNode) else ()
            if parts[:2] == ("concept", "step"):
                self._step_of[notation] = int(parts[2])
        for text, _ in texts_of(description, SKOS.definition):
            self._statements[_statement(text)] = notation

    def notations(self, scheme: str) -> list[str]:
        """Return the notations of a scheme; those of ``indicator`` begin with their biennium."""
        return self._notations.get(scheme, [])

    def notation(self, scheme: str, words: str) -> str | None:
        """Return the notation of the concept that words name, None when they name none.

        Parameters:
            scheme: e.g. "branch".
            words: notation, label or alternative label in any of the three languages.
        """
        names = self._names.get(scheme, {})
        key = fold(words)
        synonyms = _SYNONYMS.get(scheme, {})
        found = names.get(key) or synonyms.get(key)
        if found is None and scheme == "branch":
            core = _core(words)
            found = names.get(core) or synonyms.get(core)
        return found

    def has_indicator(self, biennium: str, code: str) -> bool:
        """Tell whether the results framework of a biennium that we hold has this indicator."""
        return f"{biennium}/{code}" in self.notations("indicator")

    def result_type_by_statement(self, statement: str) -> str | None:
        """Return the result type whose full sentence this is, the note of the step left aside."""
        return self._statements.get(_statement(statement)) or self.notation(
            "result-type", statement
        )

    def result_type_of_step(self, step: int) -> str | None:
        """Return the result type that belongs to a step."""
        return next((n for n, of in self._step_of.items() if of == step), None)

    def step_of_result_type(self, notation: str) -> int | None:
        """Return the step that a result type belongs to."""
        return self._step_of.get(notation)


def _core(label: str) -> str:
    return " ".join(word for word in fold(label).split() if word not in _BRANCH_FILLERS)


def _statement(text: str) -> str:
    return fold(_STEP_NOTE.sub("", text))
