"""Random rule sets and random cases over one small vocabulary, weighted so that something happens."""
