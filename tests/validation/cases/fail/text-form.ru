# A text without a language.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievement ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:achievement "The strategy was adopted." }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievement ?value }
