"""The Council report: what ITU did in the UN system in a period, written from the record."""
