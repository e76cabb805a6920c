//! Charts: tables of numbers as pictures.
