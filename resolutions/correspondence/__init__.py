"""Letters: how they are drafted, numbered, sent out in numbers, and handed out together."""
