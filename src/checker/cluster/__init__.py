"""Archives on a cluster: case records from Spark, the archive kernel on its executors, findings back to Spark."""
