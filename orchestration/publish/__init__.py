"""What leaves the warehouse: marts for BI tools, candidates for mail, and the report of the day."""
