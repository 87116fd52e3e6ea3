"""The actions of the first meeting, one module for each page they are done on."""
