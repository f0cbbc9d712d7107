# A period that ends before it begins.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:measure <record/LAO226-2020-21-8.1.1#measure-1> .
  <record/LAO226-2020-21-8.1.1#measure-1> a og:Measure ; og:position 1 ; dcterms:title "Workers insured"@en ; og:unitOfMeasure "unit" ; og:period <record/LAO226-2020-21-8.1.1#measure-1-period-1> .
  <record/LAO226-2020-21-8.1.1#measure-1-period-1> a og:Period ; og:position 1 ; og:periodStart "2020-12-31"^^xsd:date ; og:periodEnd "2020-01-01"^^xsd:date ; og:targetValue "Yes"
}
