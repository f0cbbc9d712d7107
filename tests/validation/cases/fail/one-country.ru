# fires: one-country, code-of-country
# A second country.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:country <country/SEN> .
}
