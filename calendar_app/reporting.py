"""Gathering what a report is written from out of the record."""
