"""All findings of all cases counted: by whatever they have in common, and case by case what they come to."""
