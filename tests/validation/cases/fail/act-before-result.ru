# The decree is dated two months after the result.
DELETE { <legal-act/LAO/2020/decree-224> eli:date_document ?value }
INSERT { <legal-act/LAO/2020/decree-224> eli:date_document "2020-06-01"^^xsd:date }
WHERE { <legal-act/LAO/2020/decree-224> eli:date_document ?value }
