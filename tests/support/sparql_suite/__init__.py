"""Running the W3C's SPARQL test suite against an endpoint."""
