"""2-1-1 exports: agencies, sites and programs in one table, joined by their numbers."""
