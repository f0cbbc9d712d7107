# A biennium beyond our table, which is not the indicator's.
# fires: biennium-known, indicator-of-biennium
DELETE { <outcome/LAO226-2020-21-8.1.1> og:biennium ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:biennium <concept/biennium/2040-41> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:biennium ?value }
