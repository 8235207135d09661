"""Rubbish, sent to every form and list by everybody."""
