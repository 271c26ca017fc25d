//! The page around the parts: its head, its style, its order.

use super::parts::{self, Table};
use super::{View, escaped};
use crate::domain::complaint::Complaint;
use crate::domain::event::{Entry, Event};
use crate::features::record;
use crate::kernel::phrase;

/// One column on a telephone, A4 when printed; heads of tables are repeated, and no row is torn apart.
const STYLE: &str = "\
@page{size:A4;margin:16mm 14mm;@bottom-right{content:counter(page) ' / ' counter(pages);font-size:8pt;color:#4b5563}}\
*{box-sizing:border-box}\
body{font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;color:#111827;background:#fff;\
max-width:60rem;margin:0 auto;padding:1.5rem 1rem}\
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}\
h2{font-size:1.1rem;margin:2rem 0 .5rem;padding-bottom:.25rem;border-bottom:2px solid #0b5c9e;break-after:avoid}\
p.made{color:#4b5563;margin:.1rem 0}\
table{width:100%;border-collapse:collapse;font-size:.93em}\
thead{display:table-header-group}\
tr{break-inside:avoid}\
th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #d1d5db}\
thead th{background:#f3f4f6;border-bottom:1px solid #9ca3af}\
td{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}\
td.t,td.n{white-space:nowrap;font-variant-numeric:tabular-nums}\
.bad{color:#b91c1c;font-weight:600}\
.none{color:#4b5563}\
footer{margin-top:2rem;color:#4b5563;font-size:.85em;border-top:1px solid #d1d5db;padding-top:.5rem}\
@media(max-width:40rem){td.t{white-space:normal}th,td{padding:.3rem .25rem}}\
@media print{body{font-size:10.5pt;padding:0;max-width:none}a{color:inherit}}";

/// The whole page.
pub(super) fn page(complaint: &Complaint, journal: &[Entry], view: &View<'_>) -> String {
    let export = view.export;
    let lang = export.words.lang().as_str();
    let number = complaint.number();
    let title = view.say("title", &[("number", number.into())]);
    let made = view.say(
        "made",
        &[
            ("name", export.by.name.as_str().into()),
            ("when", view.time(export.at).into()),
            ("zone", view.zone.name().into()),
        ],
    );
    let shown = view.word(if export.whole { "whole" } else { "masked" });
    let mut body = format!(
        "<h1>{}</h1>\n<p class=\"made\">{}</p>\n<p class=\"made\">{} {}</p>\n",
        escaped(&title),
        escaped(export.company),
        escaped(&made),
        escaped(&shown),
    );
    let handed = |tables: Vec<phrase::Table>| {
        let table = |table: phrase::Table| (table.heading, parts::handed(&table, view));
        tables.into_iter().map(table).collect::<Vec<_>>()
    };
    let facts = journal.iter().filter_map(|entry| match &entry.event {
        Event::Feature(fact) => Some(fact),
        _ => None,
    });
    let sections = [
        vec![
            ("overview", parts::overview(journal, complaint, view)),
            ("matter", parts::matter(complaint, view)),
        ],
        handed(record::tables_of_the_matter(&complaint.features)),
        vec![
            ("deadlines", parts::deadlines(journal, complaint, view)),
            ("proposals", parts::proposals(complaint, view)),
        ],
        handed(record::tables_of_the_outcome(&complaint.features, facts, export.at)),
        vec![
            ("ratings", parts::ratings(complaint, view)),
            ("talk", parts::conversation(journal, view)),
            ("files", parts::files(complaint, journal, view)),
            ("journal", parts::journal(journal, view)),
        ],
    ];
    for (heading, table) in sections.into_iter().flatten() {
        body.push_str(&section(&view.word(heading), &table, view));
    }
    let end = view.say("end", &[("count", journal.len().into()), ("number", number.into())]);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}<footer>{}</footer>\n</body>\n</html>\n",
        escaped(&title),
        escaped(&end),
    )
}

fn section(heading: &str, table: &Table, view: &View<'_>) -> String {
    let mut out = format!("<section>\n<h2>{}</h2>\n", escaped(heading));
    if table.rows.is_empty() {
        out.push_str(&format!("<p class=\"none\">{}</p>\n</section>\n", escaped(&view.word("nothing"))));
        return out;
    }
    out.push_str("<table>\n");
    if !table.head.is_empty() {
        let cells: String = table.head.iter().map(|cell| format!("<th>{}</th>", escaped(cell))).collect();
        out.push_str(&format!("<thead><tr>{cells}</tr></thead>\n"));
    }
    out.push_str("<tbody>\n");
    for row in &table.rows {
        let mut cells = String::new();
        for (place, cell) in row.iter().enumerate() {
            let text = escaped(&cell.text);
            cells.push_str(&match (table.head.is_empty() && place == 0, cell.class) {
                (true, _) => format!("<th scope=\"row\">{text}</th>"),
                (false, "") => format!("<td>{text}</td>"),
                (false, class) => format!("<td class=\"{class}\">{text}</td>"),
            });
        }
        out.push_str(&format!("<tr>{cells}</tr>\n"));
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
    out
}
