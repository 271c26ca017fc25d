//! From a report's figures to what a manager looks at: lines for an embed, a chart (PNG), a table (CSV).

pub mod case_file;
mod chart;
mod csv;
mod format;
mod panels;
mod svg;
mod table;
mod words;

#[cfg(test)]
mod sample;

pub use chart::{chart_png, chart_svg};
pub use csv::csv;
pub use svg::ChartError;
pub use table::{Table, table};
pub use words::ReportWords;
