"""Leave (请假): who is away when, who let them go, and what the ledger of half-days says."""
