# A French title beside the English one.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> dcterms:title "La stratégie a été lancée"@fr .
}
