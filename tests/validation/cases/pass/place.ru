# The result is regional: a region instead of a country.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:country ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:country ?value } ;
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:region <region/ilo-code/RAS> .
}
