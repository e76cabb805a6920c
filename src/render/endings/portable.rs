//! A scene as PNG and as PDF, from its SVG, with the fonts that the program carries.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use super::{Size, svg};
use crate::render::letters;
use crate::render::scene::Scene;

/// A picture that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// It has more pixels than an image can hold.
    #[error("a picture of {0} by {1} pixels is too large: say a smaller --width or --height")]
    TooLarge(u64, u64),
    /// A library refused it.
    #[error("the picture could not be written: {0}")]
    Refused(String),
}

/// Most pixels of an image: 100 million.
const PIXELS: f64 = 1e8;

/// The fonts, loaded once.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut database = fontdb::Database::new();
        for font in letters::fonts() {
            database.load_font_source(fontdb::Source::Binary(Arc::new(font)));
        }
        let family = database.faces().find_map(|face| Some(face.families.first()?.0.clone()));
        database.set_sans_serif_family(family.unwrap_or_default());
        Arc::new(database)
    };
    Arc::clone(FONTS.get_or_init(load))
}

fn tree(scene: &Scene, size: Size) -> Result<usvg::Tree, DrawError> {
    let options = usvg::Options { fontdb: fonts(), ..usvg::Options::default() };
    usvg::Tree::from_str(&svg(scene, size), &options).map_err(|error| DrawError::Refused(error.to_string()))
}

/// Writes a scene as PNG; `scale` pixels for each of its own where no size is given.
///
/// # Errors
/// [`DrawError`] if it is larger than 100 million pixels.
pub fn png(scene: &Scene, size: Size, scale: f64) -> Result<Vec<u8>, DrawError> {
    let scale = if size == Size::default() { scale } else { 1.0 };
    let (width, height) = size.of(scene.width, scene.height);
    let (width, height) = ((width * scale).round(), (height * scale).round());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let too_large = || DrawError::TooLarge(width as u64, height as u64);
    if !(width >= 1.0 && height >= 1.0 && width * height <= PIXELS) {
        return Err(too_large());
    }
    let tree = tree(scene, Size::default())?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mut image = Pixmap::new(width as u32, height as u32).ok_or_else(too_large)?;
    let paper = scene.theme.paper;
    image.fill(resvg::tiny_skia::Color::from_rgba8(paper.0, paper.1, paper.2, 255));
    // Put into the frame without changing its shape.
    #[allow(clippy::cast_possible_truncation)]
    let (zoom, left, top) = {
        let zoom = (width / scene.width).min(height / scene.height);
        (zoom as f32, ((width - scene.width * zoom) / 2.0) as f32, ((height - scene.height * zoom) / 2.0) as f32)
    };
    resvg::render(&tree, Transform::from_scale(zoom, zoom).post_translate(left, top), &mut image.as_mut());
    image.encode_png().map_err(|error| DrawError::Refused(error.to_string()))
}

/// Writes a scene as SVG whose letters are outlines, so that it looks the same where a font is missing. Title and description
/// stay; what a pointer is told and the texts themselves are no longer in it.
///
/// # Errors
/// [`DrawError`] if a library refuses it.
pub fn outlined(scene: &Scene, size: Size) -> Result<String, DrawError> {
    let options =
        usvg::WriteOptions { preserve_text: false, coordinates_precision: 2, ..usvg::WriteOptions::default() };
    let text = tree(scene, size)?.to_string(&options);
    let (title, description) = (super::escape(&scene.title), super::escape(&scene.description));
    let told = format!(
        " role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>"
    );
    Ok(text.replacen('>', &told, 1))
}

/// Writes a scene as a PDF of one page, in points.
///
/// # Errors
/// [`DrawError`] if a library refuses it.
pub fn pdf(scene: &Scene, size: Size) -> Result<Vec<u8>, DrawError> {
    use krilla::geom::Size as Extent;
    use krilla::page::PageSettings;
    use krilla_svg::{SurfaceExt, SvgSettings};
    let refused = |what: &str| DrawError::Refused(what.to_owned());
    let tree = tree(scene, size)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut document = krilla::Document::new();
    document.set_metadata(
        krilla::metadata::Metadata::new()
            .title(scene.title.clone())
            .description(scene.description.clone())
            .language(scene.lang.clone()),
    );
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| refused("no size"))?;
    let extent = Extent::from_wh(width, height).ok_or_else(|| refused("no size"))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface.draw_svg(&tree, extent, SvgSettings::default());
    surface.finish();
    page.finish();
    document.finish().map_err(|error| DrawError::Refused(format!("{error:?}")))
}
