"""Everything behind the routes: the interview, its interviewers and its storage."""

__version__ = "0.1.0"
