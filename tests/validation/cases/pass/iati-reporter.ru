# An IATI result that the ILO reports.
DELETE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value }
INSERT { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo <concept/profile/iati> }
WHERE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value } ;
INSERT DATA { <outcome/LAO226-2020-21-8.1.1> og:reportingOrganisation <organisation/ilo> } ;
INSERT DATA { <outcome/LAO226-2020-21-8.1.1> og:sector <concept/sector/1/16010> . <concept/sector/1/16010> a skos:Concept ; skos:notation "16010" } ;
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:measure <record/LAO226-2020-21-8.1.1#measure-1> .
  <record/LAO226-2020-21-8.1.1#measure-1> a og:Measure ; og:position 1 ; dcterms:title "Workers insured"@en ; og:unitOfMeasure "unit" ; og:period <record/LAO226-2020-21-8.1.1#measure-1-period-1> .
  <record/LAO226-2020-21-8.1.1#measure-1-period-1> a og:Period ; og:position 1 ; og:periodStart "2020-01-01"^^xsd:date ; og:periodEnd "2020-12-31"^^xsd:date ; og:actualValue "4650"^^xsd:decimal
}
