//! GeoJSON (RFC 7946) of missions and posts: a point a post, for QGIS, Leaflet, Kepler and R's sf.

use serde_json::json;

use super::fields::TIE;
use super::json::object;
use super::{Exported, placed};

/// The feature collection, a feature a line. Posts whose place is not known are left out.
pub(super) fn written(network: &Exported) -> String {
    let features: Vec<String> = placed(network)
        .map(|(tie, place)| {
            let (from, to) = (&network.nodes[tie.from], &network.nodes[tie.to]);
            let head = [
                ("sending", from.slug.as_str()),
                ("sending_name", &from.name),
                ("receiving", &to.slug),
                ("receiving_name", &to.name),
            ];
            let feature = json!({
                "type": "Feature",
                "id": tie.id,
                "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
                "properties": object(&head, &TIE, tie),
            });
            feature.to_string()
        })
        .collect();
    let (title, caption) = (json!(network.title), json!(network.caption));
    format!(
        "{{\"type\":\"FeatureCollection\",\"name\":{title},\"caption\":{caption},\n\"features\":[\n{}\n]}}\n",
        features.join(",\n")
    )
}
