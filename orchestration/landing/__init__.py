"""Files become Parquet: kept as received, decoded, tokenised, every refused row with its reason."""
