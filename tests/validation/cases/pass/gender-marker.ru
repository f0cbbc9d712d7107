# The principal aim.
INSERT DATA { <outcome/LAO226-2020-21-8.1.1> og:genderMarker 2 }
