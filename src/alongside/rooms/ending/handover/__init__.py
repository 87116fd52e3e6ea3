"""Going on with another guide, and somebody who covers while the guide is away."""
