# An activity has no title.
DELETE { <activity/LAO226-2020-21-8.1.1/1> dcterms:title ?value }
WHERE { <activity/LAO226-2020-21-8.1.1/1> dcterms:title ?value }
