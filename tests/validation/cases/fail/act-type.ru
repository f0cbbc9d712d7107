# The kind of act is missing.
DELETE { <legal-act/LAO/2020/decree-224> eli:type_document ?value }
WHERE { <legal-act/LAO/2020/decree-224> eli:type_document ?value }
