# The source document is not named.
DELETE { <outcome/LAO226-2020-21-8.1.1> prov:wasDerivedFrom ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> prov:wasDerivedFrom ?value }
