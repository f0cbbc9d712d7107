# The number of the act is missing.
DELETE { <legal-act/LAO/2020/decree-224> eli:id_local ?value }
WHERE { <legal-act/LAO/2020/decree-224> eli:id_local ?value }
