# A percentage in words.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:measure <record/LAO226-2020-21-8.1.1#measure-1> .
  <record/LAO226-2020-21-8.1.1#measure-1> a og:Measure ; og:position 1 ; dcterms:title "Workers insured"@en ; og:unitOfMeasure "percentage" ; og:period <record/LAO226-2020-21-8.1.1#measure-1-period-1> .
  <record/LAO226-2020-21-8.1.1#measure-1-period-1> a og:Period ; og:position 1 ; og:actualValue "about half"
}
