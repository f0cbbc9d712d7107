# An IATI result without an indicator.
DELETE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value }
INSERT { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo <concept/profile/iati> }
WHERE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value } ;
INSERT DATA { <outcome/LAO226-2020-21-8.1.1> og:reportingOrganisation <organisation/ilo> } ;
INSERT DATA { <outcome/LAO226-2020-21-8.1.1> og:sector <concept/sector/1/16010> . <concept/sector/1/16010> a skos:Concept ; skos:notation "16010" }
