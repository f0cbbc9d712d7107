# Only the project's funder is named.
DELETE { ?thing ?property ?value }
WHERE { ?thing ?property ?value
  FILTER (?property IN (og:contributor, og:constituent, eli:passed_by)) } ;
DELETE { <outcome/LAO226-2020-21-8.1.1> og:funder ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:funder ?value }
