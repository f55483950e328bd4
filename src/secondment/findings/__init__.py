"""评语依据: what units and departments find about a secondee's year, each finding with the facts it rests on."""
