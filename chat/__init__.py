"""One conversation: session, requirements, plan, actions, explanations."""
