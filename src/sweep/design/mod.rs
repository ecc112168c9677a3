//! Designs: which points of the factors' space are looked at. A point has a number from 0 to 1 for each factor.
