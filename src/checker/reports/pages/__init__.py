"""The sheets of the Excel register, one file a sheet: tables of values, before anything is laid out."""
