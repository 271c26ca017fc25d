//! Posted is not told.
