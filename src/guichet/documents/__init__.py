"""What is printed: typst documents and their data, compiled to PDF/UA-1, that a screen reader reads in order."""
