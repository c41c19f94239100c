"""The relations that figures must satisfy: which hold, which cell is to blame, how a sum is worded."""
