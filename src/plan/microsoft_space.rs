//! The built-in list of Microsoft's address space, for telling Microsoft's side from the rest of the Internet where a
//! plan brings no list of its own.
//!
//! It holds exactly the addresses that Microsoft published: the union of every prefix of every service tag of the
//! public cloud and of every `ips` entry of the Office 365 endpoints, both families, merged to the fewest prefixes.
//! Nothing that wasn't listed is claimed: the far side of an unlisted address is the Internet, and a plan that knows
//! better replaces the list ([`super::Plan::microsoft_space`]) or marks the service as Microsoft's.
//!
//! Made anew, where the published files lie beside the project, by
//! `UPDATE_EXPECT=1 cargo test --lib plan::microsoft_space`.

/// The day of the service tags that the list is made from.
pub const BUILTIN_DATE: &str = "2024-05-06";

/// What the list is made from.
pub const BUILTIN_SOURCE: &str = "Azure IP Ranges and Service Tags, public cloud, change 305, with the Office 365 \
                                  worldwide endpoints";

/// The list: comments, then one prefix a line, IPv4 before IPv6, sorted, none touching another that it could merge
/// with.
pub fn builtin() -> &'static str {
    include_str!("microsoft_space.txt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ipnet::IpNet;

    fn prefixes() -> Vec<IpNet> {
        builtin().lines().filter(|line| !line.starts_with('#')).map(|line| line.parse().unwrap()).collect()
    }

    #[test]
    fn the_list_is_minimal_sorted_canonical_and_public() {
        let prefixes = prefixes();
        assert_eq!(IpNet::aggregate(&prefixes).len(), prefixes.len());
        assert!(prefixes.is_sorted());
        for prefix in &prefixes {
            assert_eq!(prefix.trunc(), *prefix);
            match prefix {
                IpNet::V4(prefix) => {
                    let address = prefix.addr();
                    assert!(!address.is_private() && !address.is_link_local() && prefix.prefix_len() >= 8);
                    assert!(address.octets()[0] >= 1 && address.octets()[0] <= 223);
                }
                IpNet::V6(prefix) => assert_eq!(prefix.addr().segments()[0] >> 13, 1, "{prefix}"),
            }
        }
        let holds = |address: &str| {
            let address: std::net::IpAddr = address.parse().unwrap();
            prefixes.iter().any(|prefix| prefix.contains(&address))
        };
        // Storage, Exchange Online, Entra ID; and none of: a public resolver, documentation, private space.
        for address in ["20.150.0.1", "52.96.0.1", "40.126.0.1", "2603:1006::1"] {
            assert!(holds(address), "{address}");
        }
        for address in ["8.8.8.8", "192.0.2.1", "10.0.0.1", "2001:4860:4860::8888"] {
            assert!(!holds(address), "{address}");
        }
    }

    #[test]
    fn the_heading_tells_date_and_counts() {
        let (v4, v6): (Vec<_>, Vec<_>) = prefixes().into_iter().partition(|prefix| matches!(prefix, IpNet::V4(_)));
        let counts = format!("# {} IPv4 and {} IPv6 prefixes", v4.len(), v6.len());
        assert!(builtin().lines().any(|line| line.starts_with(&counts)), "{counts}");
        assert!(builtin().contains(BUILTIN_DATE));
        assert!(builtin().len() < 42_000);
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn the_list_is_made_from_what_microsoft_published() {
        use std::io::Read;

        let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
        let tags = data.join("azure/ServiceTags_Public_20240506.json.gz");
        let endpoints = data.join("m365/endpoints-worldwide.json");
        if !tags.exists() || !endpoints.exists() {
            eprintln!("skipped: the published files are not beside the project");
            return;
        }
        let mut json = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(tags).unwrap()).read_to_string(&mut json).unwrap();
        let tags: serde_json::Value = serde_json::from_str(&json).unwrap();
        let endpoints: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(endpoints).unwrap()).unwrap();
        let listed = tags["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tag| &tag["properties"]["addressPrefixes"])
            .chain(endpoints.as_array().unwrap().iter().map(|set| &set["ips"]))
            .filter_map(serde_json::Value::as_array)
            .flatten()
            .map(|prefix| prefix.as_str().unwrap().parse().unwrap());
        let mut merged = IpNet::aggregate(&listed.collect());
        merged.sort();
        let v4 = merged.iter().filter(|prefix| matches!(prefix, IpNet::V4(_))).count();
        let mut text = format!(
            "# Microsoft's address space as published on {BUILTIN_DATE}:\n\
             # {BUILTIN_SOURCE}.\n\
             # {v4} IPv4 and {} IPv6 prefixes: the union of all that is listed there, merged, and nothing else.\n\
             # Made by: UPDATE_EXPECT=1 cargo test --lib plan::microsoft_space\n",
            merged.len() - v4
        );
        for prefix in merged {
            text += &format!("{prefix}\n");
        }
        expect_test::expect_file!["microsoft_space.txt"].assert_eq(&text);
    }
}
