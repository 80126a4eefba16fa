"""Reading a posting: its title, skills and duties, from its own words."""
