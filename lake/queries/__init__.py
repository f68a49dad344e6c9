"""Questions to the lake in SQL, over the parts that count."""
