# A kind of act that is not in our table.
DELETE { <legal-act/LAO/2020/decree-224> eli:type_document ?value }
INSERT { <legal-act/LAO/2020/decree-224> eli:type_document <concept/legal-act-type/edict> }
WHERE { <legal-act/LAO/2020/decree-224> eli:type_document ?value }
