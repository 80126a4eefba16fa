"""The audit views (design 6.4): stored interviews as rows of two tables, for people who load them into a database."""
