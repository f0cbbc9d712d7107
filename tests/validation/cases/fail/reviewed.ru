# A doubtful reading awaits review.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:candidate <record/LAO226-2020-21-8.1.1#candidate-1> .
  <record/LAO226-2020-21-8.1.1#candidate-1> a og:Candidate ; rdf:subject <outcome/LAO226-2020-21-8.1.1> ; rdf:predicate og:sdgTarget ;
    rdf:object sdg:5.4 ; og:confidence 0.55 ; prov:value "mother and early childhood" ;
    og:textStart 5 ; og:textEnd 31 .
}
