"""The page that checks delivery reports: reports at the left, their JSON in the middle, what is wrong at the right."""
