# The biennium is missing.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:biennium ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:biennium ?value }
