# An odd year first: no biennium, and not the indicator's.
# fires: biennium-form, biennium-known, indicator-of-biennium
DELETE { <outcome/LAO226-2020-21-8.1.1> og:biennium ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:biennium <concept/biennium/2021-22> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:biennium ?value }
