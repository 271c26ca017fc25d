//! A small SVG writer and its rendering to PNG with the fonts of this room; what it draws depends on its input alone.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};
use unicode_normalization::UnicodeNormalization;

const REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("fonts/NotoSans-Bold.ttf");
const FAMILY: &str = "Noto Sans";

/// The fonts are read once: reading them costs more than a chart.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// A chart could not be drawn. None of these comes from the figures; each is a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing is no valid SVG.
    #[error("the chart's SVG is not valid: {0}")]
    Svg(#[from] usvg::Error),
    /// The drawing has no area.
    #[error("the chart has no area")]
    Area,
    /// The picture could not be written as PNG.
    #[error("the chart could not be written as PNG: {0}")]
    Png(String),
}

/// Where a text hangs on its point.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// The size in pixels.
    pub(super) size: f32,
    /// Bold or regular.
    pub(super) bold: bool,
    /// The colour, as `#rrggbb`.
    pub(super) fill: &'static str,
}

/// A drawing in the making.
#[derive(Debug)]
pub(super) struct Svg {
    out: String,
}

impl Svg {
    pub(super) fn new(width: u32, height: u32, background: &str) -> Self {
        let mut out = String::with_capacity(32_768);
        put(
            &mut out,
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             font-family=\"{FAMILY}\"><rect width=\"{width}\" height=\"{height}\" fill=\"{background}\"/>\n"
            ),
        );
        Self { out }
    }

    pub(super) fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32, fill: &str) {
        if width > 0.0 && height > 0.0 {
            put(
                &mut self.out,
                format_args!(
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.1}\" \
                 fill=\"{fill}\"/>\n"
                ),
            );
        }
    }

    pub(super) fn text(&mut self, x: f32, y: f32, anchor: Anchor, style: Style, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (size, weight, fill) = (style.size, if style.bold { 700 } else { 400 }, style.fill);
        put(
            &mut self.out,
            format_args!(
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{fill}\" \
             text-anchor=\"{anchor}\">{}</text>\n",
                escaped(text)
            ),
        );
    }

    /// A filled shape through the points.
    pub(super) fn polygon(&mut self, points: &[(f32, f32)], fill: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        put(&mut self.out, format_args!("<polygon points=\"{}\" fill=\"{fill}\"/>\n", points.join(" ")));
    }

    /// A five-pointed star around a point; Noto Sans has none.
    pub(super) fn star(&mut self, x: f32, y: f32, radius: f32, fill: &str) {
        let points: Vec<(f32, f32)> = (0..10_u8)
            .map(|step| {
                let angle = std::f32::consts::PI * (f32::from(step) / 5.0 - 0.5);
                let reach = if step % 2 == 0 { radius } else { radius * 0.42 };
                (x + reach * angle.cos(), y + reach * angle.sin())
            })
            .collect();
        self.polygon(&points, fill);
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }
}

/// Draws an SVG at its own size.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, ChartError> {
    picture(svg)?.encode_png().map_err(|error| ChartError::Png(error.to_string()))
}

/// The text as it is, or its beginning with an ellipsis where it is wider than `width` pixels.
pub(super) fn fitted(text: &str, style: Style, width: f32) -> String {
    if measured(text, style) <= width {
        return text.to_owned();
    }
    let signs: Vec<char> = text.nfc().collect();
    // The widest beginning that fits, by halving: a longer text is never narrower.
    let (mut fits, mut too_long) = (0, signs.len());
    while fits + 1 < too_long {
        let middle = usize::midpoint(fits, too_long);
        let trial: String = signs[..middle].iter().chain(['…'].iter()).collect();
        if measured(&trial, style) <= width { fits = middle } else { too_long = middle }
    }
    let kept: String = signs[..fits].iter().collect();
    format!("{}…", kept.trim_end())
}

/// The width of a text in pixels; what cannot be measured has none.
pub(super) fn measured(text: &str, style: Style) -> f32 {
    let mut svg = Svg::new(1, 1, "none");
    svg.text(0.0, 0.0, Anchor::Start, style, text);
    let Ok(tree) = tree(&svg.finish()) else { return 0.0 };
    tree.root().children().iter().map(|node| node.bounding_box()).map(|area| area.right()).fold(0.0, f32::max)
}

fn picture(svg: &str) -> Result<Pixmap, ChartError> {
    let tree = tree(svg)?;
    let size = tree.size().to_int_size();
    let mut pixmap = Pixmap::new(size.width(), size.height()).ok_or(ChartError::Area)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    Ok(pixmap)
}

fn tree(svg: &str) -> Result<usvg::Tree, usvg::Error> {
    let options =
        usvg::Options { fontdb: FONTS.clone(), font_family: FAMILY.into(), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options)
}

/// Composed letters, XML's five signs escaped, and what XML cannot hold left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.nfc() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            _ if sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            _ => out.push(sign),
        }
    }
    out
}

fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = out.write_fmt(what);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::sample::locale;

    const STYLE: Style = Style { size: 30.0, bold: false, fill: "#000000" };

    fn drawn(text: &str, bold: bool) -> Vec<u8> {
        let mut svg = Svg::new(320, 60, "#ffffff");
        svg.text(10.0, 40.0, Anchor::Start, Style { bold, ..STYLE }, text);
        picture(&svg.finish()).unwrap().data().to_vec()
    }

    #[test]
    fn decomposed_vietnamese_is_drawn_like_composed() {
        let composed = "Khiếu nại: đường truyền chậm";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(drawn(composed, false), drawn(&decomposed, false));
        assert_ne!(drawn(composed, false), drawn("Khieu nai: đuong truyen cham", false));
    }

    #[test]
    fn every_letter_of_the_locale_files_is_in_both_fonts() {
        let mut signs: std::collections::BTreeSet<char> =
            "0123456789%–…/():·+-ăâđêôơưĂÂĐÊÔƠƯàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
                .chars()
                .collect();
        signs.extend(
            ["vi", "en"]
                .iter()
                .flat_map(|lang| locale(lang).into_values())
                .flat_map(|word| word.nfc().chain(word.to_uppercase().nfc()).collect::<Vec<_>>()),
        );
        for bold in [false, true] {
            let (missing, blank) = (drawn("\u{e000}", bold), drawn("", bold));
            assert_ne!(missing, blank, "a missing letter is a box");
            for sign in signs.iter().filter(|sign| !sign.is_whitespace()) {
                let picture = drawn(&sign.to_string(), bold);
                assert!(picture != missing && picture != blank, "{sign:?} is not in the font, bold: {bold}");
            }
        }
    }

    #[test]
    fn a_long_name_is_cut_where_it_would_not_fit() {
        let name = "Kỹ thuật viên không đến đúng hẹn";
        assert_eq!(fitted(name, STYLE, 1_000.0), name);
        let cut = fitted(name, STYLE, 200.0);
        assert!(cut.ends_with('…') && measured(&cut, STYLE) <= 200.0 && cut.len() > 10, "{cut}");
    }

    #[test]
    fn hostile_words_are_only_words() {
        let text = "</text><script>&\"'\u{0}\u{ffff}🙂";
        assert!(
            picture(&{
                let mut svg = Svg::new(320, 60, "#ffffff");
                svg.text(0.0, 40.0, Anchor::Start, STYLE, text);
                svg.finish()
            })
            .is_ok()
        );
        assert_eq!(escaped("<a b='&'>"), "&lt;a b=&apos;&amp;&apos;&gt;");
    }
}
