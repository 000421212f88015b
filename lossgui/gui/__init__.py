"""The window: Qt; computes nothing."""
