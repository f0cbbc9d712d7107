# A date that is only a text, so that it cannot be compared with the act's either.
# fires: date-form, act-before-result
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:achievedOn "1 April 2020" }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
