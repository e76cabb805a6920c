//! A scene as SVG.

use std::fmt::Write;

use super::Size;
use crate::render::scene::{Anchor, Dash, Mark, Point, Scene, Segment, Stroke, Text};

/// The letters: those whose metrics the scene was laid out by, then ones of about the same width.
pub(super) const FAMILIES: &str = "'DejaVu Sans Condensed', 'Liberation Sans', Arial, Helvetica, sans-serif";

/// Writes a scene. Coordinates have one decimal, so that the same scene gives the same bytes everywhere. Every text has its
/// length, so that it keeps to its room whatever font a viewer has.
pub fn svg(scene: &Scene, size: Size) -> String {
    let (wide, high) = size.of(scene.width, scene.height);
    let (width, height) = (scene.width, scene.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide:.0}\" height=\"{high:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         role=\"img\" aria-labelledby=\"title desc\" xml:lang=\"{}\" font-family=\"{FAMILIES}\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n<rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"{}\"/>\n",
        escape(&scene.lang),
        escape(&scene.title),
        escape(&scene.description),
        scene.theme.paper,
    );
    let mut clips = 0;
    let mut cut = false;
    for mark in &scene.marks {
        // Writing to a string cannot fail.
        match mark {
            Mark::Outline { path, fill, opacity, stroke, tip } => {
                out.push_str("<path d=\"");
                outline(&mut out, path);
                out.push('"');
                match fill {
                    Some(fill) => {
                        let _ = write!(out, " fill=\"{fill}\" fill-rule=\"evenodd\"");
                        if *opacity < 1.0 {
                            let _ = write!(out, " fill-opacity=\"{opacity:.2}\"");
                        }
                    }
                    None => out.push_str(" fill=\"none\""),
                }
                line(&mut out, *stroke);
                end(&mut out, "path", tip);
            }
            Mark::Disc { at, radius, fill, stroke, tip } => {
                let _ = write!(
                    out,
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\"",
                    short(at.0),
                    short(at.1),
                    short(*radius)
                );
                line(&mut out, *stroke);
                end(&mut out, "circle", tip);
            }
            Mark::Bar { at, size, round, fill, stroke, tip } => {
                let _ = write!(
                    out,
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                    short(at.0),
                    short(at.1),
                    short(size.0),
                    short(size.1)
                );
                if *round > 0.0 {
                    let _ = write!(out, " rx=\"{}\"", short(*round));
                }
                let _ = write!(out, " fill=\"{fill}\"");
                line(&mut out, *stroke);
                end(&mut out, "rect", tip);
            }
            Mark::Text(text) => letters(&mut out, text),
            Mark::Clip(area) => {
                if cut {
                    out.push_str("</g>\n");
                }
                cut = area.is_some();
                if let Some((at, size)) = area {
                    clips += 1;
                    let _ = writeln!(
                        out,
                        "<clipPath id=\"clip{clips}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\n<g clip-path=\"url(#clip{clips})\">",
                        short(at.0),
                        short(at.1),
                        short(size.0),
                        short(size.1)
                    );
                }
            }
        }
    }
    if cut {
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// A number with one decimal at most.
pub(super) fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Tenths of a pixel.
fn tenths(value: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    let tenths = (value * 10.0).round() as i64;
    tenths
}

fn push_tenths(out: &mut String, tenths: i64) {
    if tenths < 0 {
        out.push('-');
    }
    let mut buffer = itoa::Buffer::new();
    out.push_str(buffer.format(tenths.abs() / 10));
    if tenths % 10 != 0 {
        out.push('.');
        out.push_str(buffer.format(tenths.abs() % 10));
    }
}

/// An outline in the letters of SVG: steps from point to point, which are shorter than places. Places are rounded before the
/// steps are taken, so that nothing drifts.
fn outline(out: &mut String, path: &[Segment]) {
    let mut last = (0, 0);
    let mut start = (0, 0);
    let step = |out: &mut String, at: Point, from: (i64, i64), first: bool| {
        let to = (tenths(at.0), tenths(at.1));
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        if !first && x >= 0 {
            out.push(' ');
        }
        push_tenths(out, x);
        if y >= 0 {
            out.push(' ');
        }
        push_tenths(out, y);
        to
    };
    for segment in path {
        match *segment {
            Segment::Move(at) => {
                out.push('M');
                last = step(out, at, (0, 0), true);
                start = last;
            }
            Segment::Line(to) => {
                out.push('l');
                last = step(out, to, last, true);
            }
            Segment::Curve(one, two, to) => {
                out.push('c');
                step(out, one, last, true);
                step(out, two, last, false);
                last = step(out, to, last, false);
            }
            Segment::Close => {
                out.push('z');
                last = start;
            }
        }
    }
}

fn line(out: &mut String, stroke: Option<Stroke>) {
    let Some(stroke) = stroke else { return };
    let _ = write!(out, " stroke=\"{}\" stroke-width=\"{}\"", stroke.colour, short(stroke.width));
    match stroke.dash {
        Dash::Solid => {}
        Dash::Dashed => out.push_str(" stroke-dasharray=\"5 3\""),
        Dash::Dotted => out.push_str(" stroke-dasharray=\"1.5 2.5\""),
    }
    if stroke.opacity < 1.0 {
        let _ = write!(out, " stroke-opacity=\"{:.2}\"", stroke.opacity);
    }
}

fn end(out: &mut String, element: &str, tip: &str) {
    if tip.is_empty() {
        out.push_str("/>\n");
    } else {
        let _ = writeln!(out, "><title>{}</title></{element}>", escape(tip));
    }
}

fn letters(out: &mut String, text: &Text) {
    if text.text.trim().is_empty() {
        return;
    }
    // The middle of the letters is at the point: a third of their height below it is where they stand.
    let (sin, cos) = text.turn.to_radians().sin_cos();
    let drop = text.size * 0.36;
    let (x, y) = (text.at.0 - drop * sin, text.at.1 + drop * cos);
    let _ = write!(out, "<text x=\"{}\" y=\"{}\" font-size=\"{}\"", short(x), short(y), short(text.size));
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    if text.bold {
        out.push_str(" font-weight=\"bold\"");
    }
    if text.turn.abs() > 0.05 {
        let _ = write!(out, " transform=\"rotate({} {} {})\"", short(text.turn), short(x), short(y));
    }
    if text.halo {
        let _ =
            write!(out, " stroke=\"{}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"", text.on);
    }
    let _ = write!(out, " fill=\"{}\"", text.fill);
    // Joined letters are narrower than each alone: they are not stretched to the room that is kept for them.
    if !text.text.chars().any(|letter| ('\u{590}'..'\u{E00}').contains(&letter)) {
        let _ = write!(out, " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", short(text.width()));
    }
    let _ = writeln!(out, ">{}</text>", escape(&text.text));
}

/// A text as XML may hold it.
pub fn escape(text: &str) -> String {
    let kept: String =
        text.chars().filter(|letter| *letter == '\n' || crate::render::letters::is_printed(*letter)).collect();
    html_escape::encode_double_quoted_attribute(&kept).into_owned()
}
