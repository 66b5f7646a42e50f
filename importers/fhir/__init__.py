"""FHIR R4 directories of services: what may be read of them, and what its elements say."""
