# Step 4 does not exist, and is not the type of result's.
# fires: step-known, result-type-of-step
DELETE { <outcome/LAO226-2020-21-8.1.1> og:step ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:step <concept/step/4> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:step ?value }
