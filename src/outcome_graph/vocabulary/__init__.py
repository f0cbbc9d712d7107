"""What the packaged reference data knows, as look-up tables.

``files`` reads the Turtle files (ontology, concepts, countries, SDG, organisations), which are the
only place where reference data stands: `reference_graphs` yields them as the graphs that a store
holds, and `Knowledge` makes the tables that ``linking`` looks words up in.
"""

from outcome_graph.vocabulary.concepts import Concepts
from outcome_graph.vocabulary.countries import Countries, Country, CountryMention
from outcome_graph.vocabulary.files import REFERENCE_GRAPHS, reference_graphs
from outcome_graph.vocabulary.knowledge import Knowledge
from outcome_graph.vocabulary.names import NameTable, fold, one_spelling, words_of
from outcome_graph.vocabulary.organisations import Registry
from outcome_graph.vocabulary.sdg import SdgCode, SdgCodes

__all__ = [
    "REFERENCE_GRAPHS",
    "Concepts",
    "Countries",
    "Country",
    "CountryMention",
    "Knowledge",
    "NameTable",
    "Registry",
    "SdgCode",
    "SdgCodes",
    "fold",
    "one_spelling",
    "reference_graphs",
    "words_of",
]
