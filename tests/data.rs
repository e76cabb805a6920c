//! Names, codes and the carried data set are sound.

use std::collections::{BTreeMap, BTreeSet};

use legation::dataset::{DataSet, check};
use legation::names::{NameError, fold};

use crate::gazetteer;

#[test]
fn every_table_is_sorted_and_has_no_row_twice() {
    for folder in ["data/names", "data/grammar"] {
        for entry in std::fs::read_dir(folder).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|ending| ending != "csv") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("the table");
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let width = reader.headers().expect("a header").len();
            let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
            assert!(rows.iter().all(|row| row.len() == width), "{}", path.display());
            let unique: BTreeSet<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            assert_eq!(unique.len(), rows.len(), "{} has a row twice", path.display());
            // The forms of ties are in the order in which a reader meets them, longest first at run time.
            if !path.ends_with("ties.csv") {
                let keys: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().collect()).collect();
                assert!(keys.windows(2).all(|pair| pair[0] <= pair[1]), "{} is not sorted", path.display());
            }
        }
    }
}

#[test]
fn references_between_tables_hold() {
    let gazetteer = gazetteer();
    for entity in gazetteer.entities() {
        if let Some(capital) = &entity.capital {
            assert!(gazetteer.city(capital).is_some(), "capital {capital} of {}", entity.slug);
        }
        if let Some(parent) = &entity.parent {
            assert!(gazetteer.entity(parent).is_some(), "parent {parent} of {}", entity.slug);
        }
        let short = gazetteer.names(&entity.slug).iter().filter(|name| name.used_as == "short").count();
        assert_eq!(short, 1, "{}", entity.slug);
    }
    for city in gazetteer.cities() {
        assert!(gazetteer.entity(&city.entity).is_some(), "{} lies in {}", city.slug, city.entity);
        assert!(city.latitude.is_none_or(|degrees| (-90.0..=90.0).contains(&degrees)), "{}", city.slug);
        assert!(city.longitude.is_none_or(|degrees| (-180.0..=180.0).contains(&degrees)), "{}", city.slug);
    }
    for organisation in gazetteer.organisations() {
        let host = &organisation.host;
        assert!(host.is_empty() || gazetteer.entity(host).is_some(), "{} in {host}", organisation.slug);
    }
}

#[test]
fn every_member_of_the_united_nations_has_its_codes() {
    let gazetteer = gazetteer();
    let members: Vec<&str> = gazetteer
        .roster("un_members")
        .expect("the roster")
        .iter()
        .filter(|(_, span)| span.is_open())
        .map(|(at, _)| gazetteer.entity_at(*at).slug.as_str())
        .collect();
    assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), 193);
    for slug in members {
        for system in ["iso2", "iso3", "isonum", "cow", "gw", "gec", "qid"] {
            // Microstates are in Gleditsch and Ward's separate list; the code is theirs all the same.
            let has = gazetteer.codes(slug).iter().any(|code| code.system == system);
            assert!(has, "{slug} has no {system}");
        }
        let alpha3 = gazetteer.codes(slug).iter().find(|code| code.system == "iso3").expect("iso3").code.to_lowercase();
        assert_eq!(gazetteer.resolve(&alpha3, None).expect("resolves").slug(), slug);
    }
}

#[test]
fn names_resolve_in_any_writing() {
    for (name, slug) in [
        ("azerbaijan", "azerbaijan"),
        ("The Gambia", "gambia"),
        ("GAMBIA", "gambia"),
        ("Côte d’Ivoire", "ivory-coast"),
        ("cote d'ivoire", "ivory-coast"),
        ("the PRC", "china"),
        ("Burma", "myanmar"),
        ("Swaziland", "eswatini"),
        ("Guinea", "guinea"),
        ("Guinea-Bissau", "guinea-bissau"),
        ("Papua New Guinea", "papua-new-guinea"),
        ("Vatican City", "holy-see"),
        ("DR Congo", "congo-kinshasa"),
        ("Свазиленд", "eswatini"),
        ("AsDB", "asian-development-bank"),
        ("WToO", "world-tourism-organization"),
        ("WTrO", "world-trade-organization"),
    ] {
        assert_eq!(gazetteer().resolve(name, None).expect(name).slug(), slug);
    }
}

#[test]
fn a_name_by_date() {
    let day = |text: &str| Some(text.parse().expect("a day"));
    assert_eq!(gazetteer().resolve("Zaire", day("1980-01-01")).expect("resolves").slug(), "congo-kinshasa");
    let congo = gazetteer().resolve("Congo", None).expect_err("two states");
    assert!(matches!(congo, NameError::Ambiguous { ref choices, .. } if choices.len() == 2), "{congo:?}");
    let korea = gazetteer().resolve("Korea", None).expect_err("two states");
    assert!(matches!(korea, NameError::Ambiguous { .. }), "{korea:?}");
}

#[test]
fn ambiguous_names_are_only_the_reviewed_ones() {
    let gazetteer = gazetteer();
    let mut bearers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for entity in gazetteer.entities() {
        for name in
            gazetteer.names(&entity.slug).iter().filter(|name| name.used_as != "homonym" && name.language == "en")
        {
            bearers.entry(fold(&name.name)).or_default().insert(&entity.slug);
        }
    }
    let shared: Vec<&str> =
        bearers.iter().filter(|(_, bearers)| bearers.len() > 1).map(|(name, _)| name.as_str()).collect();
    assert_eq!(shared, ["congo", "congolese", "dominican", "dominicans", "korea", "korean", "koreans"]);
}

#[test]
fn the_carried_data_set_is_sound() {
    let text = include_str!("../data/builtin.json");
    assert_eq!(check("data/builtin.json", text, gazetteer()).expect("a data set"), []);
    let data = DataSet::built_in(gazetteer()).expect("a data set");
    assert_eq!(data.sources.len(), 4);
    assert!(data.sources.iter().all(|source| !source.licence.is_empty()));
    assert!(data.facts.len() > 400, "{}", data.facts.len());
}
