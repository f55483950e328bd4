"""Pages of programmes, campaigns, nominations and eligibility."""
