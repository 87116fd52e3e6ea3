"""The design system: what every page looks like, how one writes on it. It knows no room."""
