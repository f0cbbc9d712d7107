"""Codes of the IATI 2.03 code lists that records are made of (https://iatistandard.org)."""

from __future__ import annotations

__all__ = [
    "DATE_TYPES",
    "FUNDING",
    "INCOMING",
    "NO_ISO_COUNTRIES",
    "PUBLIC_TYPES",
    "REGIONS",
    "RESULT_TYPES",
    "ROLES",
    "STATUSES",
    "UNIT_CODES",
    "UN_REGIONS",
    "VOCABULARIES",
]

from outcome_graph.model import PARTNER_ROLES, PROJECT_STATUSES, UNITS

#: ResultType: notation in our scheme ``result-type``.
RESULT_TYPES = {"1": "output", "2": "outcome", "3": "impact", "9": "other"}
#: IndicatorMeasure.
UNIT_CODES = {str(n): unit for n, unit in enumerate(UNITS, 1)}
#: ActivityStatus.
STATUSES = {str(n): status for n, status in enumerate(PROJECT_STATUSES, 1)}
#: OrganisationRole.
FUNDING = "funding"
ROLES = {str(n): role for n, role in enumerate((FUNDING, *PARTNER_ROLES), 1)}
#: ActivityDateType, by the words of version 1 that files still hold.
DATE_TYPES = {
    "1": "start-planned",
    "2": "start-actual",
    "3": "end-planned",
    "4": "end-actual",
}
#: SectorVocabulary, by the words of version 1.
VOCABULARIES = {"DAC": "1", "DAC-3": "2"}
#: TransactionType of money that comes in, whose provider finances the activity: incoming funds,
#: incoming commitment, incoming pledge. What goes out is provided by the activity itself.
INCOMING = frozenset({"1", "11", "13"})
#: OrganisationType: constituent type, where it leaves no doubt. Unions and chambers are filed under
#: several types, so the others are told by their names.
PUBLIC_TYPES = {"10": "government", "11": "government", "15": "government", "40": "other"}

#: Region (codes of the OECD's Development Assistance Committee): our regional code.
REGIONS: dict[str, str] = {
    **dict.fromkeys(("998",), "GLO"),
    **dict.fromkeys(("189", "289", "298", "1027", "1028", "1029", "1030"), "RAF"),
    **dict.fromkeys(("380", "389", "489", "498", "1031", "1032"), "RLA"),
    **dict.fromkeys(("589",), "RAB"),
    **dict.fromkeys(("679", "689", "789", "798", "889", "1033", "1034", "1035"), "RAS"),
    **dict.fromkeys(("88", "89", "619"), "RER"),
}

#: Region (codes of the United Nations, M49): our regional code. Those that lie in several of our
#: regions, such as Western Asia, stand for none.
UN_REGIONS: dict[str, str] = {
    **dict.fromkeys(("001",), "GLO"),
    **dict.fromkeys(("002", "011", "014", "015", "017", "018", "202"), "RAF"),
    **dict.fromkeys(("003", "005", "013", "019", "021", "029", "419"), "RLA"),
    **dict.fromkeys(("009", "030", "034", "035", "053", "054", "057", "061", "142"), "RAS"),
    **dict.fromkeys(("039", "143", "150", "151", "154", "155"), "RER"),
}

#: Codes of the list Country that ISO 3166 has not, or no longer: name, region.
NO_ISO_COUNTRIES: dict[str, tuple[str, str]] = {
    "AN": ("the Netherlands Antilles", "RLA"),
    "CS": ("Serbia and Montenegro", "RER"),
    "XK": ("Kosovo", "RER"),
}
