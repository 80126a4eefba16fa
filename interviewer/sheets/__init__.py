"""Google Sheets: the two tables in a spreadsheet of the team's, each interview once."""
