# A country that does not exist; so act and constituents are another's.
# fires: country-known, act-of-country, constituent-of-country
DELETE { <outcome/LAO226-2020-21-8.1.1> og:country ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:country <country/LAX> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:country ?value }
