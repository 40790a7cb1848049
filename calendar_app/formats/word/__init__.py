"""Word documents (OOXML, ISO/IEC 29500) of our own styles and lists: what a report is written into, and how."""
