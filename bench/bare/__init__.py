"""The yardsticks: what Django itself takes for an answer, without middleware or other apps."""
