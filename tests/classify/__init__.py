"""How well a general export's services are understood: real records, read and labelled by a person."""
