"""Pure rules of programmes: states, dates, places and the line, indicators, whose work belongs where."""
