"""What lies in an archive: pages to read without Alongside, papers, tables, and one file for programs."""
