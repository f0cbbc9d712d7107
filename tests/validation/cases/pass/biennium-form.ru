# Any even year and the next.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:biennium ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:biennium <concept/biennium/2098-99> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:biennium ?value }
