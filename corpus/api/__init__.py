"""The HTTP interface for programs: shapes, filters and answers over what `for_user` lets one see."""
