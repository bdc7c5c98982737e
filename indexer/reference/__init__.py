"""Official files on occupations and the labour market: read by their published columns, kept row by row."""
