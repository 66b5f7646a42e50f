"""What meeting feeds have in common: their type codes, times and places, and what is Narcotics Anonymous' own."""
