//! Facts of the carried data set, checked by hand against the documents; each names its line.

mod dated;

use legation::affiliation::intersections;
use legation::analysis::{
    OrganisationSet, PortfolioKind, PortfolioRule, Standing, StatusRule, WayRule, missions, portfolios, totals, ways,
};
use legation::coverage::{Coverage, Ending, Representation};
use legation::dataset::DataSet;
use legation::graph::{Lens, Network};
use legation::model::TieKind;

use crate::{gazetteer, network as world};

/// What four documents on Azerbaijan say, without the others.
fn network() -> Network<'static> {
    let facts = &world().facts;
    let own = |document: &str| ["000_", "001_", "002_", "003_"].iter().any(|stem| document.starts_with(stem));
    let sources = facts.sources().iter().filter(|source| own(&source.document)).cloned().collect();
    let claims = facts.claims().expect("the compact form");
    let claims = claims.into_iter().filter(|claim| own(&claim.origin.document)).collect();
    Network::new(DataSet::new(sources, claims, gazetteer()), gazetteer())
}

/// Two copies of one article are one witness; two articles are two.
#[test]
fn a_copy_is_no_second_witness() {
    let network = network();
    let view = network.view(Lens::default());
    let ladder = Coverage::new(&view).ladder("canada", "azerbaijan").expect("both are named");
    assert_eq!(ladder.steps[0].standing, Some(Standing::SingleSource));
    let view = world().view(Lens::default());
    let ladder = Coverage::new(&view).ladder("canada", "azerbaijan").expect("both are named");
    assert_eq!(ladder.steps[0].standing, Some(Standing::Corroborated));
    // 000:83 and the article of which it is a copy are one work.
    let works: Vec<&str> = world()
        .sources()
        .iter()
        .filter(|source| {
            source.about.as_deref() == Some("azerbaijan") && source.format != "essay" && source.format != "factbook"
        })
        .map(legation::model::Source::work)
        .collect();
    assert!(works.len() > 1 && works.windows(2).all(|pair| pair[0] == pair[1]), "{works:?}");
}

/// 634 and 638 of the page on Iran: interests sections under the flags of Pakistan and Switzerland.
#[test]
fn interests_are_protected_by_a_third_state() {
    let view = world().view(Lens::default());
    let find = |name: &str| view.find(name).expect(name);
    for (sending, receiving, power) in [
        ("united-states", "iran", "switzerland"),
        ("iran", "united-states", "pakistan"),
        ("united-states", "syria", "czech-republic"),
    ] {
        let facts = view.between(find(sending), find(receiving), TieKind::Protection);
        assert!(
            matches!(facts[0].tie.value(), legation::model::Statement::Protection { power: known, .. } if known == power),
            "{facts:?}"
        );
    }
}

/// Receiving, sending, form, city, line of document 000.
const COVER: [(&str, &str, Representation, &str, usize); 24] = [
    ("azerbaijan", "argentina", Representation::Resident, "Baku", 70),
    ("brazil", "azerbaijan", Representation::Resident, "Brasília", 77),
    ("azerbaijan", "canada", Representation::NonResident, "Ankara", 83),
    ("canada", "azerbaijan", Representation::Resident, "Ottawa", 82),
    ("nicaragua", "azerbaijan", Representation::NonResident, "Havana", 105),
    ("azerbaijan", "nicaragua", Representation::NonResident, "Moscow", 106),
    ("azerbaijan", "uruguay", Representation::NonResident, "Tehran", 127),
    ("venezuela", "azerbaijan", Representation::KnownNone, "", 129),
    ("azerbaijan", "venezuela", Representation::Resident, "Baku", 130),
    ("azerbaijan", "china", Representation::Resident, "Baku", 142),
    ("iran", "azerbaijan", Representation::Resident, "Tehran", 149),
    ("kazakhstan", "azerbaijan", Representation::Resident, "Astana", 168),
    ("azerbaijan", "palestine", Representation::Resident, "Baku", 184),
    ("azerbaijan", "austria", Representation::Resident, "Baku", 230),
    ("azerbaijan", "croatia", Representation::NonResident, "Ankara", 253),
    ("croatia", "azerbaijan", Representation::Resident, "Zagreb", 251),
    ("ireland", "azerbaijan", Representation::NonResident, "London", 298),
    ("azerbaijan", "ireland", Representation::NonResident, "Ankara", 299),
    ("sweden", "azerbaijan", Representation::NonResident, "London", 344),
    ("azerbaijan", "sweden", Representation::PostsOnly, "Baku", 345),
    ("azerbaijan", "spain", Representation::PostsOnly, "Baku", 342),
    ("azerbaijan", "north-macedonia", Representation::PostsOnly, "Baku", 325),
    ("new-zealand", "azerbaijan", Representation::NonResident, "Canberra", 388),
    ("azerbaijan", "new-zealand", Representation::NonResident, "Moscow", 389),
];

#[test]
fn who_covers_whom() {
    let network = network();
    let view = network.view(Lens::default());
    let coverage = Coverage::new(&view);
    for (receiving, sending, form, city, line) in COVER {
        let ladder = coverage.ladder(sending, receiving).expect("both are named");
        assert_eq!(ladder.representation(), form, "{sending} in {receiving}");
        let step = ladder.foremost().unwrap_or_else(|| ladder.best());
        let found = step.seat.as_ref().and_then(|seat| seat.city.as_deref()).unwrap_or("");
        assert_eq!(found, city, "{sending} in {receiving}");
        let origins = step.origins();
        let cited = origins.iter().any(|origin| origin.document.starts_with("000") && origin.line == line);
        assert!(cited, "{sending} in {receiving}: {origins:?}");
    }
}

#[test]
fn silence_is_told_from_denial() {
    let network = network();
    let view = network.view(Lens::default());
    let coverage = Coverage::new(&view);
    let ending = |sending: &str| coverage.ladder(sending, "azerbaijan").expect("both are named").ending();
    assert_eq!(ending("norway"), Some(Ending::Unknown));
    // 000:405 lists Botswana among the states without relations.
    assert_eq!(ending("botswana"), Some(Ending::NoRelations));
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
        let facts = view.between(find(recognizer), find("azerbaijan"), TieKind::Recognition);
        assert_eq!(facts[0].span().began.to_string(), day);
    }
    // 000:257: recognised, without relations.
    assert_eq!(view.between(find("azerbaijan"), find("cyprus"), TieKind::Recognition).len(), 1);
    assert!(view.relations(find("azerbaijan"), find("cyprus")).is_some_and(legation::model::Fact::is_denied));
}

#[test]
fn shared_memberships_and_the_way_between_two() {
    let network = network();
    let view = network.view(Lens::default());
    let find = |name: &str| view.find(name).expect(name);
    // 000:365: Council of Europe, OSCE, CIS, GUAM, BSEC.
    let all = OrganisationSet::default();
    let full = StatusRule::full();
    let rule = PortfolioRule { kind: PortfolioKind::Memberships, statuses: &full, organisations: &all };
    let table = portfolios(&view, rule, &[]);
    let places = ["azerbaijan", "ukraine"].map(|slug| table.member(slug).expect(slug));
    let found = intersections(&table, &places);
    let shared: Vec<&str> = found[0].organisations.iter().map(|at| table.organisations[*at].as_str()).collect();
    assert_eq!((found[0].holders.as_slice(), shared.len()), ([true, true].as_slice(), 5), "{shared:?}");
    assert_eq!(table.sizes()[places[1]], 5);
    let rule = WayRule { ties: vec![TieKind::Accreditation], most: 1, ..WayRule::default() };
    let found = ways(&view, find("canada"), find("nicaragua"), &rule).expect("a way").ways;
    let way: Vec<&str> = found[0].hops.iter().map(|hop| hop.to).collect();
    assert_eq!((way, found[0].cost), (vec!["azerbaijan", "nicaragua"], 3.0));
}
