//! KML 2.2 of missions and posts, for Google Earth and QGIS: a folder a sender, a placemark a post.

use std::collections::BTreeMap;
use std::io;

use super::fields::TIE;
use super::xml::Xml;
use super::{Exported, ExportedTie, Place, placed};

/// The document. Posts whose place is not known are left out.
pub(super) fn written(network: &Exported) -> io::Result<Vec<u8>> {
    let mut senders: BTreeMap<usize, Vec<(&ExportedTie, Place)>> = BTreeMap::new();
    for (tie, place) in placed(network) {
        senders.entry(tie.from).or_default().push((tie, place));
    }
    let mut out = Xml::begin()?;
    out.open("kml", &[("xmlns", "http://www.opengis.net/kml/2.2")])?;
    out.open("Document", &[])?;
    out.text("name", &[], &network.title)?;
    out.text("description", &[], &network.caption)?;
    for (sender, posts) in senders {
        out.open("Folder", &[])?;
        out.text("name", &[], &network.nodes[sender].name)?;
        for (tie, place) in posts {
            placemark(&mut out, network, tie, place)?;
        }
        out.close("Folder")?;
    }
    out.close("Document")?;
    out.close("kml")?;
    Ok(out.end())
}

fn placemark(out: &mut Xml, network: &Exported, tie: &ExportedTie, place: Place) -> io::Result<()> {
    let (from, to) = (&network.nodes[tie.from], &network.nodes[tie.to]);
    let city = tie.city.as_deref().unwrap_or_default();
    let said = tie.says.replace('_', " ");
    out.open("Placemark", &[])?;
    out.text("name", &[], &format!("{}: {said}, {city}", from.name))?;
    out.text("description", &[], &format!("to {}", to.name))?;
    let (start, end) = tie.interval();
    if start.is_some() || end.is_some() {
        out.open("TimeSpan", &[])?;
        for (side, day) in [("begin", start), ("end", end)] {
            if let Some(day) = day {
                out.text(side, &[], &day.to_string())?;
            }
        }
        out.close("TimeSpan")?;
    }
    out.open("ExtendedData", &[])?;
    let parties = [("id", &tie.id), ("sending", &from.slug), ("receiving", &to.slug)];
    let columns = TIE.iter().filter_map(|field| Some((field.name, (field.of)(tie).shown()?)));
    for (name, value) in parties.into_iter().map(|(name, value)| (name, value.into())).chain(columns) {
        out.open("Data", &[("name", name)])?;
        out.text("value", &[], &value)?;
        out.close("Data")?;
    }
    out.close("ExtendedData")?;
    out.open("Point", &[])?;
    out.text("coordinates", &[], &format!("{},{}", place.longitude, place.latitude))?;
    out.close("Point")?;
    out.close("Placemark")
}
