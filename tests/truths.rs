//! Facts of the carried data set, checked by hand against the documents; each names its line.

use legation::analysis::{CoverForm, coverage, missions, overlap, path, totals};
use legation::dataset::DataSet;
use legation::graph::{Lens, Network, TieType};

use crate::gazetteer;

fn network() -> Network<'static> {
    Network::new(DataSet::built_in(gazetteer()).expect("the data set"), gazetteer())
}

/// Receiving, sending, form, city, line of document 000.
const COVER: [(&str, &str, CoverForm, &str, usize); 24] = [
    ("azerbaijan", "argentina", CoverForm::Resident, "Baku", 70),
    ("brazil", "azerbaijan", CoverForm::Resident, "Brasília", 77),
    ("azerbaijan", "canada", CoverForm::Accredited, "Ankara", 83),
    ("canada", "azerbaijan", CoverForm::Resident, "Ottawa", 82),
    ("nicaragua", "azerbaijan", CoverForm::Accredited, "Havana", 105),
    ("azerbaijan", "nicaragua", CoverForm::Accredited, "Moscow", 106),
    ("azerbaijan", "uruguay", CoverForm::Accredited, "Tehran", 127),
    ("venezuela", "azerbaijan", CoverForm::KnownNone, "", 129),
    ("azerbaijan", "venezuela", CoverForm::Resident, "Baku", 130),
    ("azerbaijan", "china", CoverForm::Resident, "Baku", 142),
    ("iran", "azerbaijan", CoverForm::Resident, "Tehran", 149),
    ("kazakhstan", "azerbaijan", CoverForm::Resident, "Nur-Sultan", 168),
    ("azerbaijan", "palestine", CoverForm::Resident, "Baku", 184),
    ("azerbaijan", "austria", CoverForm::Resident, "Baku", 230),
    ("azerbaijan", "croatia", CoverForm::Accredited, "Ankara", 253),
    ("croatia", "azerbaijan", CoverForm::Resident, "Zagreb", 251),
    ("ireland", "azerbaijan", CoverForm::Accredited, "London", 298),
    ("azerbaijan", "ireland", CoverForm::Accredited, "Ankara", 299),
    ("sweden", "azerbaijan", CoverForm::Accredited, "London", 344),
    ("azerbaijan", "sweden", CoverForm::PostOnly, "Baku", 345),
    ("azerbaijan", "spain", CoverForm::PostOnly, "Baku", 342),
    ("azerbaijan", "north-macedonia", CoverForm::PostOnly, "Baku", 325),
    ("new-zealand", "azerbaijan", CoverForm::Accredited, "Canberra", 388),
    ("azerbaijan", "new-zealand", CoverForm::Accredited, "Moscow", 389),
];

#[test]
fn who_covers_whom() {
    let network = network();
    let view = network.view(Lens::default());
    for (receiving, sending, form, city, line) in COVER {
        let find = |name: &str| view.find(name).expect(name);
        let rows = coverage(&view, find(receiving), Some(find(sending)));
        let row = &rows[0];
        assert_eq!(row.form, form, "{sending} in {receiving}");
        let found = row.seat.as_ref().and_then(|seat| seat.city.as_deref()).unwrap_or("");
        assert_eq!(found, city, "{sending} in {receiving}");
        let origins = row.fact.expect("a fact").origins();
        let cited = origins.iter().any(|origin| origin.document.starts_with("000") && origin.line == line);
        assert!(cited, "{sending} in {receiving}: {origins:?}");
    }
}

#[test]
fn silence_is_told_from_denial() {
    let network = network();
    let view = network.view(Lens::default());
    let find = |name: &str| view.find(name).expect(name);
    let rows = coverage(&view, find("azerbaijan"), Some(find("norway")));
    assert_eq!(rows[0].form, CoverForm::Unknown);
    // 000:405 lists Botswana among the states without relations.
    let rows = coverage(&view, find("azerbaijan"), Some(find("botswana")));
    assert_eq!(rows[0].form, CoverForm::NoRelations);
}

#[test]
fn claimed_totals_stand_beside_each_other() {
    let network = network();
    let view = network.view(Lens::default());
    let totals = totals(&view, view.find("AZ").expect("Azerbaijan"));
    let relations: Vec<(i64, String)> = totals
        .claimed
        .iter()
        .filter(|total| total.what == "diplomatic relations")
        .map(|total| (total.value, total.as_of.to_string()))
        .collect();
    assert_eq!(relations, [(158, String::new()), (178, "2017".into()), (182, "2019".into())]);
    assert_eq!(totals.sums.len(), 1);
    assert!(totals.sums[0].starts_with("93 = 70 + 9 + 7 + 6 + 1 "), "{:?}", totals.sums);
}

#[test]
fn dates_of_missions_hold_on_their_days() {
    let network = network();
    let on = |day: &str| {
        let view = network.view(Lens { certain: true, ..Lens::as_of(day.parse().expect("a day")) });
        let (japan, azerbaijan) = (view.find("japan").expect("Japan"), view.find("azerbaijan").expect("Azerbaijan"));
        missions(&view, japan, false, Some(azerbaijan)).len()
    };
    // 000:161: since 21 January 2000.
    assert_eq!((on("2000-01-20"), on("2000-01-21")), (0, 1));
}

#[test]
fn recognitions_are_not_relations() {
    let network = network();
    let view = network.view(Lens::default());
    let find = |name: &str| view.find(name).expect(name);
    // 000:159 and 000:249.
    for (recognizer, day) in [("japan", "1991-12-28"), ("bulgaria", "1992-01-14")] {
        let facts = view.between(find(recognizer), find("azerbaijan"), TieType::Recognition);
        assert_eq!(facts[0].span().began.to_string(), day);
    }
    // 000:257: recognised, without relations.
    assert_eq!(view.between(find("azerbaijan"), find("cyprus"), TieType::Recognition).len(), 1);
    assert!(view.relations(find("azerbaijan"), find("cyprus")).is_some_and(legation::model::Fact::is_denied));
}

#[test]
fn shared_memberships_and_the_way_between_two() {
    let network = network();
    let view = network.view(Lens::default());
    let find = |name: &str| view.find(name).expect(name);
    // 000:365: Council of Europe, OSCE, CIS, GUAM, BSEC.
    let found = overlap(&view, &[find("azerbaijan"), find("ukraine")], false);
    assert_eq!(found.shared.len(), 5, "{:?}", found.shared);
    assert_eq!(found.counts[1], 5);
    let hops = path(&view, find("canada"), find("nicaragua"), &[TieType::Accreditation]).expect("a way");
    let way: Vec<&str> = hops.iter().map(|hop| hop.to).collect();
    assert_eq!(way, ["azerbaijan", "nicaragua"]);
}
