"""A de-identified star: what happened in journeys, as numbers, months and yes or no. See the README of programmes."""
