# The date of the act is missing.
DELETE { <legal-act/LAO/2020/decree-224> eli:date_document ?value }
WHERE { <legal-act/LAO/2020/decree-224> eli:date_document ?value }
