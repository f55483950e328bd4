"""Growth (能力评议): five abilities on one scale, before a secondment, in its middle and at its end."""
