# Three quarters.
INSERT DATA { <outcome/LAO226-2020-21-8.1.1> og:recipient <record/LAO226-2020-21-8.1.1#recipient-1> . <record/LAO226-2020-21-8.1.1#recipient-1> a og:Recipient ; og:country <country/LAO> ; og:share "75"^^xsd:decimal }
