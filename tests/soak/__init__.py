"""Faults that take minutes: processes that are killed under load, disks that are full."""
