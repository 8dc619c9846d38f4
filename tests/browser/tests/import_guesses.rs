//! What an import takes for granted, it says: whose routes a table has, which device a configuration is of.

use twopath::desk::door::INLINE_TEXT;
use twopath::desk::import::Neighbours;
use twopath::desk::parts;
use twopath::desk::shelf::pack;
use twopath::pace::at_once;
use twopath::plan::{Link, PartKind, Reference, Stage};
use twopath::report::words::page::import as words;
use twopath_browser_tests::{Answer, Screen, Theme, check, example};

const TABLE: &str = "\
edge1#show ip bgp
BGP table version is 9, local router ID is 192.0.2.1
     Network          Next Hop            Metric LocPrf Weight Path
 *>  0.0.0.0          203.0.113.1              0             0 64496 i
 *>  13.107.6.152/31  198.51.100.129           0             0 12076 i
 *>  40.96.0.0/13     198.51.100.129           0             0 12076 i
 *                    203.0.113.1              0             0 64496 64500 8075 i
 *>  52.96.0.0/14     198.51.100.129           0             0 12076 i
 *>  203.0.113.0      0.0.0.0                  0         32768 i
";

#[test]
fn a_routers_table_goes_neighbour_by_neighbour_to_its_exits() {
    check("import-neighbours", async |page| {
        let plan = example("03")?;
        page.open_plan(&plan).await?;
        page.paste_to_import(TABLE).await?;
        page.wait_for(&words::own_routes(1)).await?;
        page.wait_for("203.0.113.1 (AS 64496), 2 routes, to").await?;
        page.wait_for("198.51.100.129 (AS 12076), 3 routes, to").await?;
        let goes = page.by_role("combobox", "Becomes: edge1#show ip bgp").await;
        let goes = match goes {
            Ok(goes) => goes,
            Err(_) => page.by_role_containing("combobox", "Becomes: ").await?,
        };
        assert_eq!(goes.value().await?, "neighbours");
        page.screenshot("import-neighbours").await?;
        page.theme(Theme::Dark).await?;
        page.screen(Screen::Narrow).await?;
        page.screenshot("import-neighbours-phone-dark").await?;
        page.theme(Theme::Light).await?;
        page.screen(Screen::Wide).await?;
        // Given to one exit, a warning comes before anything changes.
        goes.select("Learned routes of ExpressRoute Chicago, primary").await?;
        page.wait_for("These are the routes of several neighbours: 203.0.113.1 (AS 64496), 2 routes").await?;
        page.screenshot("import-neighbours-warned").await?;
        goes.select("Learned routes, neighbour by neighbour").await?;
        page.wait_gone("These are the routes of several neighbours").await?;
        page.by_role("button", "Apply").await?.click().await?;
        page.until("each exit has a source of its own", async || {
            let now = page.kept_plan().await?;
            let by = |express: bool| {
                let exit = now.exits.iter().find(|exit| matches!(exit.link, Link::ExpressRoute(_)) == express)?;
                let source = exit.learned_from.last()?;
                now.sources.iter().find(|own| own.id == source.source).map(|own| own.text.as_str().to_owned())
            };
            let (internet, express) = (by(false).unwrap_or_default(), by(true).unwrap_or_default());
            Ok(internet.starts_with("0.0.0.0/0 ")
                && internet.contains("40.96.0.0/13")
                && !internet.contains("12076")
                && express.lines().count() == 3
                && !express.contains("64496"))
        })
        .await?;
        // The same again changes nothing.
        page.by_role("button", "Paste or open…").await?.click().await?;
        page.by_role("textbox", "Paste here").await?;
        page.paste_to_import(TABLE).await?;
        page.wait_for("It changes nothing.").await?;
        page.by_role("button", "Cancel").await?.click().await
    });
}

/// A table longer than what goes in a reply: Microsoft and a provider, each with this many routes.
fn long_table(routes: u32) -> String {
    let mut table = "     Network          Next Hop            Metric LocPrf Weight Path\n".to_owned();
    for nth in 0..routes {
        let prefix = format!("52.{}.{}.0/24", 96 + (nth >> 8), nth & 255);
        for (mark, prefix, hop, path) in
            [('>', prefix.as_str(), "198.51.100.129", "12076"), (' ', "", "203.0.113.1", "64496 8075")]
        {
            table.push_str(&format!(" *{mark}  {prefix:<17}{hop:<25}0             0 {path} i\n"));
        }
    }
    table
}

#[test]
fn a_table_of_megabytes_goes_neighbour_by_neighbour_as_a_short_one_does() {
    check("import-neighbours-long", async |page| {
        let plan = example("03")?;
        page.open_plan(&plan).await?;
        let table = long_table(12_000);
        assert!(table.len() > INLINE_TEXT);
        page.drop_file("body", "table.txt", &table).await?;
        page.by_role("dialog", "Import").await?;
        page.wait_for("203.0.113.1 (AS 64496), 12,000 routes, to").await?;
        page.wait_for("198.51.100.129 (AS 12076), 12,000 routes, to").await?;
        page.wait_for("Each exit learns the routes of its neighbour.").await?;
        page.screenshot("import-neighbours-long").await?;
        page.by_role("button", "Apply").await?.click().await?;
        page.without_dialog().await?;
        // As the native engine has it, the lists' texts too: they lie apart, and come back with the plan.
        let mut wanted = plan.clone();
        let reading = twopath::intake::read(&table, None);
        let told = at_once(async |pace| Neighbours::of(&reading, &pace).await);
        for (own, express) in told.all.iter().zip([true, false]) {
            let by = own.next_hop.map(|hop| hop.to_string()).unwrap_or_default();
            let id = parts::add_named(&mut wanted, PartKind::Source, format!("table.txt, by {by}"));
            let source = parts::source(&mut wanted, &id).ok_or("a source")?;
            source.text = own.list.clone().unwrap_or_default().into();
            source.stage = Some(Stage::Received);
            let exit = wanted.exits.iter_mut().find(|exit| matches!(exit.link, Link::ExpressRoute(_)) == express);
            exit.ok_or("an exit")?.learned_from.push(Reference { source: id, sets: Vec::new() });
        }
        let answer = Answer::to(&wanted);
        page.answers(&answer).await?;
        // The lists lie apart, and their marks are the hashes of what the native engine makes of the table.
        let packed = pack(&wanted).0;
        assert!(packed != pack(&plan).0);
        page.until("the plan is kept with the lists of both", async || {
            Ok(page.kept().await?.first() == Some(&packed))
        })
        .await?;
        page.reload().await?;
        page.answers(&answer).await
    });
}

const ASA: &str = "\
: Saved
ASA Version 9.16(4)
hostname edge-asa
interface GigabitEthernet0/0
 nameif internet
 ip address 198.51.100.2 255.255.255.248
interface GigabitEthernet0/1
 nameif msft
 ip address 192.0.2.1 255.255.255.252
interface GigabitEthernet0/2
 nameif inside
 ip address 10.0.0.1 255.255.255.0
object network USERS
 subnet 10.20.0.0 255.255.0.0
object network SERVERS
 subnet 10.20.30.0 255.255.255.0
object network POOL
 range 203.0.113.16 203.0.113.31
nat (inside,internet) source dynamic USERS POOL
nat (inside,msft) source dynamic USERS POOL
nat (inside,msft) source dynamic SERVERS POOL
";

#[test]
fn a_configuration_is_taken_for_the_only_device_and_asks() {
    check("import-device", async |page| {
        let plan = example("02")?;
        page.open_plan(&plan).await?;
        page.paste_to_import(ASA).await?;
        page.wait_for(&words::is_it("edge-asa", "Firewall cluster")).await?;
        let device = page.by_role_containing("combobox", "Device: ").await?;
        // Zones of that very device are ticked; what is said of several lines is said once.
        let zone = page.by_role("group", "“internet” leads to").await?;
        assert!(zone.by_role("checkbox", "Internet link").await?.is("checked"));
        let msft = "msft leads to no exit of the plan; if it does, tick it above.";
        page.wait_for(msft).await?;
        let text = page.text().await?;
        assert_eq!(text.matches(msft).count(), 1, "{text}");
        assert!(text.contains(&format!("{msft} lines 20 and 21")), "{text}");
        assert!(!text.contains("internet leads to no exit"), "{text}");
        page.wait_for("Replaces the translation rules of Firewall cluster: 1 rule before, 1 rule now.").await?;
        page.screenshot("import-device").await?;
        // Another device has no zone yet: nothing is ticked, and that is what is said.
        device.select(&words::new_device("edge-asa")).await?;
        page.wait_gone("It is taken for it").await?;
        page.wait_for("internet leads to no exit of the plan").await?;
        page.until("nothing is ticked", async || {
            let zone = page.by_role("group", "“internet” leads to").await?;
            Ok(!zone.by_role("checkbox", "Internet link").await?.is("checked"))
        })
        .await?;
        page.wait_for("New device edge-asa.").await?;
        page.screenshot("import-device-new").await?;
        page.by_role("button", "Cancel").await?.click().await
    });
}

#[test]
fn renamed_parts_are_called_by_their_names() {
    check("names", async |page| {
        let mut plan = example("03")?;
        for (at, exit) in plan.exits.iter_mut().enumerate() {
            exit.name = ["Fibre of the ISP", "Chicago one"].get(at).copied().unwrap_or("Other").to_owned();
        }
        page.open_plan(&plan).await?;
        page.by_role("tab", "Failures").await?.click().await?;
        page.until("the heads are told", async || {
            let heads = page
                .eval("return [...document.querySelectorAll('.mx-name')].map(own => own.textContent).join('; ')")
                .await?;
            let heads = heads.as_str().unwrap_or_default().to_owned();
            if heads.contains("Fibre of the ISP") && !heads.contains("er-chicago") {
                Ok(true)
            } else {
                Err(heads.into())
            }
        })
        .await?;
        page.screenshot("failures-names").await
    });
}
