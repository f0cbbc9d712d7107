# The words end before they begin.
DELETE { <record/LAO226-2020-21-8.1.1#evidence-1> og:textEnd ?value }
INSERT { <record/LAO226-2020-21-8.1.1#evidence-1> og:textEnd 5 }
WHERE { <record/LAO226-2020-21-8.1.1#evidence-1> og:textEnd ?value }
