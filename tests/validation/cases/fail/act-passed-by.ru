# It is not said who passed the act.
DELETE { <legal-act/LAO/2020/decree-224> eli:passed_by ?value }
WHERE { <legal-act/LAO/2020/decree-224> eli:passed_by ?value }
