"""What nobody types in: sums, rates, attributions and checks, worked out from what people marked. Pure."""
