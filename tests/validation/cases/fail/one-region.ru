# Two regions.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:region <region/ilo-code/RAS> , <region/ilo-code/GLO> .
}
