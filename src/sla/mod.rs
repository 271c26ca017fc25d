//! Office hours, calendars, deadlines and how they come about. Pure: every instant is a parameter (Unix ms).

pub mod calendar;
pub mod clocks;
pub mod deadline;
pub mod explain;
pub mod hours;
