"""From the words of a source to codes, known things and candidates.

`link` runs one small module after the other; each takes a draft and returns a draft:

- ``concepts``: visibility, biennium, step, result type, indicator, branches
- ``recipients``: the countries that an IATI activity is for, when they are several
- ``countries``: the country or region of the result
- ``sdg``: goals, targets and indicators
- ``projects``: symbols of ILO projects decoded, their donors as funders
- ``legal_acts``: kind and number, so that two mentions of one act meet in one node
- ``organisations``: who is who, and of which type; ``types`` and ``names`` know the words
- ``merging``: each organisation described once in a record

``readings`` carries evidence and candidates along when keys change. Linking a linked draft changes
nothing.
"""

from __future__ import annotations

from outcome_graph.draft import Draft
from outcome_graph.linking.concepts import link_concepts
from outcome_graph.linking.countries import link_country
from outcome_graph.linking.legal_acts import link_legal_acts
from outcome_graph.linking.organisations import link_organisations
from outcome_graph.linking.projects import link_projects
from outcome_graph.linking.recipients import link_recipients
from outcome_graph.linking.sdg import link_sdg
from outcome_graph.vocabulary import Knowledge

__all__ = ["link"]

_STAGES = (
    link_concepts,
    link_recipients,
    link_country,
    link_sdg,
    link_projects,
    link_legal_acts,
    link_organisations,
)


def link(draft: Draft, knowledge: Knowledge) -> Draft:
    """Turn a draft's words into codes and known things.

    What cannot be linked is a problem with its place in the source: an error where the value is
    impossible (no such country, no such target), a warning where it is only unknown to us.

    Parameters:
        draft: as a source yields it. Codes that are right already stay as they are.
        knowledge: the look-up tables.
    """
    for stage in _STAGES:
        draft = stage(draft, knowledge)
    return draft
