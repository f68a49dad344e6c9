"""FollowTheMoney's entities."""
