# A result later than its act, as for step 3.
DELETE { <legal-act/LAO/2020/decree-224> eli:date_document ?value }
INSERT { <legal-act/LAO/2020/decree-224> eli:date_document "2015-06-01"^^xsd:date }
WHERE { <legal-act/LAO/2020/decree-224> eli:date_document ?value }
