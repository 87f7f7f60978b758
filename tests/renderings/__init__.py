"""Writers of the file forms a notice arrives in, so that the tests can turn one notice into all of them."""
