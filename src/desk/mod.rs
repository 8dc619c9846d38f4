//! The architect's desk without a screen: the open plan, its history, what is selected, and the engine's door.
