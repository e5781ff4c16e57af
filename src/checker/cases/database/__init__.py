"""Event tables in databases: what the file that names one says, and its rows, through SQLAlchemy."""
