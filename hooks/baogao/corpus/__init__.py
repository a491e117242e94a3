"""Reports by the thousand -> tables, and what is asked of them. The libraries it takes come with baogao[corpus]."""
