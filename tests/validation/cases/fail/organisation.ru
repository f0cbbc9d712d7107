# No organisation is left: no contributor, constituent, funder, nor who passed the act.
# fires: organisation, funder, contributor, government, workers, employers, act-passed-by, project-funder
DELETE { ?thing ?property ?value }
WHERE { ?thing ?property ?value
  FILTER (?property IN (og:contributor, og:constituent, og:funder, eli:passed_by)) }
