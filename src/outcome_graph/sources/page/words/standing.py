"""Words that say that what is told is not so, not yet, or no part of the result."""

from __future__ import annotations

from outcome_graph.sources.page.words.small import forms

#: What is denied, planned, asked for, put off or called off.
UNREAL = forms(
    en=r"not|never|cannot|(?-i:nor)|neither|will|would|should|shall|could|might|"
    r"(?<!\d\s)(?-i:may)(?!\s\d)|plan(?:s|ned)? (?:to|for|on|in)|"
    r"to be (?:held|adopted|organi[sz]ed|signed|passed)|scheduled|expected|envisaged|foreseen|"
    r"intend(?:s|ed)?|postponed|cancell?ed|called off|delayed|failed|rejected|withdrawn|suspended|"
    r"annulled|in (?:the |its )?(?:first|second) reading|struck down|unless|yet to|pending|"
    r"propos(?:al|ed|es) (?:to|that|for)|(?:ask|call)(?:s|ed)? for|"
    r"(?:request|ask)(?:s|ed) (?:that|to)|consider(?:s|ing)|commit(?:s|ted)? to|seek(?:s|ing)?",
    fr=r"(?-i:[Nn]e)|jamais|sera|seront|serait|seraient|devrait|devraient|devra|devront|doit|"
    r"doivent|prevue?s?(?! par)|envisage\w*|reportee?s?|annulee?s?|suspendue?s?|rejetee?s?|"
    r"demand(?:e|ent|ait) (?:que|de)|souhait\w+|en (?:premiere|deuxieme) lecture",
    es=r"nunca|seran|seria|serian|deberia|deberian|debera|deberan|previst[oa]s?|preve|planea\w*|"
    r"pendientes?|aplazad[oa]s?|cancelad[oa]s?|suspendid[oa]s?|rechaz(?:o|ad[oa]s?)|todavia|"
    r"solicit(?:a|an|o|aron)|compromet\w+|en (?:primera|segunda) lectura",
)
#: Shorter ones, with what they must not stand before: "n'", "no", "if".
UNREAL_ALSO = r"\bn'|\bno\b(?!\s?[.°]|\s?\d)|\b(?-i:[Ii]f|[Ss]i)\b"
#: The future of Spanish verbs, told by accents that matching text has not; that of French ones.
FUTURE = r"\b[^\W\d_]{2,}(?:ará|arán|erá|erán|irá|irán)\b"
FRENCH_FUTURE = r"\b[a-z]{2,}(?:era|ira|ura|dra|ront)\b"

#: What the page tells of only to say that it is no part of the result.
ELSEWHERE = forms(
    en=r"(?:reported|described|told|counted|covered) (?:elsewhere|separately|already|in "
    r"(?:the|an?) (?:previous|earlier|other|different)|under another)|previous biennium|"
    r"(?:separate|distinct|different|another|parallel) (?:result|outcome|agreement|project|"
    r"programme|contract)|(?:are|is) separate|(?:was|were|is|are) (?:not|no) (?:a )?part of|"
    r"(?:not|no) (?:connect|relat)\w+|(?:do|does|did) not (?:belong|count|depend|form part)|"
    r"outside (?:of )?(?:this|the) (?:result|project|work|programme)|independently of|"
    r"without the ilo|not by the ilo|unrelated|"
    r"(?:not|nor) (?:covered|reported|considered|counted) here|its own report\w*",
    fr=r"(?:resultat|projet|programme|accord) (?:distinct|separe|parallele)|autre resultat|"
    r"exercice precedent|(?:sont|est) distincte?s?|"
    r"(?:n'entre(?:nt)?|ne releve(?:nt)?|ne depend(?:ent)?|ne font|ne fait|ne rentre(?:nt)?) pas|"
    r"sans lien|n'est pas (?:vise|concerne|couvert)\w*|et non (?:par|pas)|pour (?:sa|leur) part",
    es=r"no es objeto|no se (?:aborda|incluye)|no (?:guardan?|tienen?) relacion|"
    r"no (?:forman?|formo|formaron) parte|ajen[oa]s? a|(?:otro|distinto) "
    r"(?:resultado|proyecto|programa)|(?:son|es) distint[oa]s?|bienio anterior|por separado|"
    r"(?:y )?no por la oit|independientemente",
)
