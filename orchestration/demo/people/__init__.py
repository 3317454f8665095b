"""Who buys: invented people, their households, and how they write themselves."""
