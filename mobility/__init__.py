"""Getting about: journeys over all modes, and what will follow of taxis, passes and bikes."""
