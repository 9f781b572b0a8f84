"""Made-up histories of delivery reports: stories that are right by KL's note, and stories with one planted fault."""
