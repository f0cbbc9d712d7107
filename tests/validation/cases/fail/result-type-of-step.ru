# Step 2 with a type of result of step 1.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:step ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:step <concept/step/2> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:step ?value }
