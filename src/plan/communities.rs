//! What Microsoft's BGP communities mean: `12076:NNNNN` tells the service family, the region, or the service.
//!
//! Source: Microsoft, ExpressRoute routing requirements, "Support for BGP communities". The published table is
//! incomplete and its values have changed: a value that isn't here is accepted all the same and shown as it is.

use super::{Community, MICROSOFT_ASN};

/// What a community of Microsoft's says of the prefixes that carry it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// Prefixes of a region, or those of one family of services in it.
    Regional {
        /// Which of the region's services.
        family: Family,
        /// The region.
        region: Region,
    },
    /// Prefixes of one service, wherever they are.
    Service(Service),
}

/// The families of regional communities, told by the thousands.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Family {
    /// 50: the region on private peering.
    PrivatePeering,
    /// 51: all of the region on Microsoft peering.
    MicrosoftPeering,
    /// 52: Azure Storage.
    Storage,
    /// 53: Azure SQL.
    Sql,
    /// 54: Azure Cosmos DB.
    CosmosDb,
    /// 55: Azure Backup.
    Backup,
}

impl Family {
    /// The family of the thousands of a value.
    pub fn of_thousands(thousands: u16) -> Option<Self> {
        Some(match thousands {
            50 => Self::PrivatePeering,
            51 => Self::MicrosoftPeering,
            52 => Self::Storage,
            53 => Self::Sql,
            54 => Self::CosmosDb,
            55 => Self::Backup,
            _ => return None,
        })
    }

    /// Its name in Microsoft's documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::PrivatePeering => "private peering",
            Self::MicrosoftPeering => "Microsoft peering",
            Self::Storage => "Storage",
            Self::Sql => "SQL",
            Self::CosmosDb => "Azure Cosmos DB",
            Self::Backup => "Backup",
        }
    }
}

/// An Azure region.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Region {
    /// The last three digits of its communities.
    pub digits: u16,
    /// Its name.
    pub name: &'static str,
    /// The geopolitical area that a Standard circuit reaches with it.
    pub area: Area,
}

/// A service that has a community of its own.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Service {
    /// The community's value.
    pub value: u16,
    /// Its name.
    pub name: &'static str,
    /// Whether it is Microsoft 365: the circuit must be Premium and authorised by Microsoft.
    pub microsoft_365: bool,
}

/// The geopolitical areas of ExpressRoute: what a Standard circuit reaches.
///
/// Source: Microsoft, ExpressRoute peering locations, "Azure regions to ExpressRoute locations within a geopolitical
/// region" and the table of national clouds.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Area {
    /// The United States and Canada.
    NorthAmerica,
    /// Brazil.
    SouthAmerica,
    /// Europe, with the United Kingdom, Norway and Switzerland.
    Europe,
    /// East and Southeast Asia.
    Asia,
    /// Japan.
    Japan,
    /// Australia East and Southeast, and New Zealand.
    Oceania,
    /// Australia Central and Central 2, reached from Canberra.
    AustraliaGovernment,
    /// India.
    India,
    /// South Korea.
    SouthKorea,
    /// South Africa.
    SouthAfrica,
    /// The United Arab Emirates.
    Uae,
    /// The US Government cloud.
    UsGovernment,
    /// The cloud in China's east, operated by 21Vianet.
    ChinaEast,
    /// The cloud in China's north, operated by 21Vianet.
    ChinaNorth,
}

impl Area {
    /// Its name in Microsoft's documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::NorthAmerica => "North America",
            Self::SouthAmerica => "South America",
            Self::Europe => "Europe",
            Self::Asia => "Asia",
            Self::Japan => "Japan",
            Self::Oceania => "Oceania",
            Self::AustraliaGovernment => "Australia Government",
            Self::India => "India",
            Self::SouthKorea => "South Korea",
            Self::SouthAfrica => "South Africa",
            Self::Uae => "UAE",
            Self::UsGovernment => "US Government cloud",
            Self::ChinaEast => "China East",
            Self::ChinaNorth => "China North",
        }
    }
}

const fn region(digits: u16, name: &'static str, area: Area) -> Region {
    Region { digits, name, area }
}

/// The regions whose communities are published, by their digits.
pub const REGIONS: &[Region] = &[
    region(2, "West Europe", Area::Europe),
    region(3, "North Europe", Area::Europe),
    region(4, "East US", Area::NorthAmerica),
    region(5, "East US 2", Area::NorthAmerica),
    region(6, "West US", Area::NorthAmerica),
    region(7, "North Central US", Area::NorthAmerica),
    region(8, "South Central US", Area::NorthAmerica),
    region(9, "Central US", Area::NorthAmerica),
    region(10, "East Asia", Area::Asia),
    region(11, "Southeast Asia", Area::Asia),
    region(12, "Japan East", Area::Japan),
    region(13, "Japan West", Area::Japan),
    region(14, "Brazil South", Area::SouthAmerica),
    region(15, "Australia East", Area::Oceania),
    region(16, "Australia Southeast", Area::Oceania),
    region(17, "India Central", Area::India),
    region(18, "India West", Area::India),
    region(19, "India South", Area::India),
    region(20, "Canada Central", Area::NorthAmerica),
    region(21, "Canada East", Area::NorthAmerica),
    region(24, "UK South", Area::Europe),
    region(25, "UK West", Area::Europe),
    region(26, "West US 2", Area::NorthAmerica),
    region(27, "West Central US", Area::NorthAmerica),
    region(28, "Korea South", Area::SouthKorea),
    region(29, "Korea Central", Area::SouthKorea),
    region(30, "France Central", Area::Europe),
    region(31, "France South", Area::Europe),
    region(32, "Australia Central", Area::AustraliaGovernment),
    region(33, "Australia Central 2", Area::AustraliaGovernment),
    region(34, "South Africa North", Area::SouthAfrica),
    region(35, "South Africa West", Area::SouthAfrica),
    region(36, "UAE North", Area::Uae),
    region(37, "UAE Central", Area::Uae),
    region(38, "Switzerland North", Area::Europe),
    region(39, "Switzerland West", Area::Europe),
    region(40, "Germany North", Area::Europe),
    region(41, "Germany West Central", Area::Europe),
    region(42, "Norway East", Area::Europe),
    region(43, "Norway West", Area::Europe),
    region(44, "West US 3", Area::NorthAmerica),
    // Its area is inferred: Auckland is an ExpressRoute location of Oceania.
    region(59, "New Zealand North", Area::Oceania),
    region(105, "US Gov Virginia", Area::UsGovernment),
    region(106, "US Gov Arizona", Area::UsGovernment),
    region(108, "US Gov Texas", Area::UsGovernment),
    region(109, "US Gov Iowa", Area::UsGovernment),
    region(205, "US DoD East", Area::UsGovernment),
    region(209, "US DoD Central", Area::UsGovernment),
    region(301, "China North", Area::ChinaNorth),
    region(302, "China East", Area::ChinaEast),
    region(303, "China East 2", Area::ChinaEast),
    region(304, "China North 2", Area::ChinaNorth),
    region(305, "China North 3", Area::ChinaNorth),
];

const fn service(value: u16, name: &'static str, microsoft_365: bool) -> Service {
    Service { value, name, microsoft_365 }
}

/// The services with a community of their own. The footnote "authorization required from Microsoft" marks
/// Microsoft 365; that it holds for the US Government twins too is inferred.
pub const SERVICES: &[Service] = &[
    service(5010, "Exchange Online", true),
    service(5020, "SharePoint Online", true),
    service(5030, "Skype for Business Online and Teams", true),
    service(5040, "CRM Online", false),
    service(5050, "Azure Global Services", false),
    service(5060, "Microsoft Entra ID", false),
    service(5070, "Azure Resource Manager", false),
    service(5100, "other Office 365 Online services", true),
    service(5110, "Exchange Online (US Government)", true),
    service(5120, "SharePoint Online (US Government)", true),
    service(5130, "Skype for Business Online (US Government)", true),
    service(5160, "Microsoft Entra ID (US Government)", false),
    service(5200, "other Office 365 Online services (US Government)", true),
    service(5220, "Microsoft Defender for Identity", false),
    service(5250, "Microsoft PSTN services", false),
];

/// The region with these last three digits.
pub fn region_of(digits: u16) -> Option<Region> {
    let index = REGIONS.binary_search_by_key(&digits, |region| region.digits).ok()?;
    REGIONS.get(index).copied()
}

/// The geopolitical area of the region with these last three digits; `None` where they are not published.
pub fn area_of(digits: u16) -> Option<Area> {
    region_of(digits).map(|region| region.area)
}

/// The last three digits of a regional community of Microsoft's, known or not: `12076:51999` is of region 999.
pub fn region_digits(community: Community) -> Option<u16> {
    if u32::from(community.asn) != MICROSOFT_ASN {
        return None;
    }
    Family::of_thousands(community.value / 1000)?;
    Some(community.value % 1000)
}

/// What a community says; `None` for another AS's, and for values that are not published.
pub fn describe(community: Community) -> Option<Meaning> {
    if u32::from(community.asn) != MICROSOFT_ASN {
        return None;
    }
    if let Ok(index) = SERVICES.binary_search_by_key(&community.value, |service| service.value) {
        return SERVICES.get(index).copied().map(Meaning::Service);
    }
    let family = Family::of_thousands(community.value / 1000)?;
    Some(Meaning::Regional { family, region: region_of(community.value % 1000)? })
}

/// Whether a community is one of Microsoft 365's, for which the circuit must be Premium and authorised by Microsoft.
pub fn needs_microsoft_365_authorisation(community: Community) -> bool {
    matches!(describe(community), Some(Meaning::Service(service)) if service.microsoft_365)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order_and_each_name_occurs_once() {
        assert!(REGIONS.is_sorted_by(|a, b| a.digits < b.digits));
        assert!(SERVICES.is_sorted_by(|a, b| a.value < b.value));
        let mut names: Vec<_> = REGIONS.iter().map(|region| region.name).collect();
        names.extend(SERVICES.iter().map(|service| service.name));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn values_are_told_apart() {
        let regional = |value, family, name| {
            let Some(Meaning::Regional { family: found, region }) = describe(Community::microsoft(value)) else {
                panic!("{value}");
            };
            assert_eq!((found, region.name), (family, name), "{value}");
        };
        regional(50004, Family::PrivatePeering, "East US");
        regional(51002, Family::MicrosoftPeering, "West Europe");
        regional(52010, Family::Storage, "East Asia");
        regional(53044, Family::Sql, "West US 3");
        regional(54059, Family::CosmosDb, "New Zealand North");
        regional(55007, Family::Backup, "North Central US");
        regional(51209, Family::MicrosoftPeering, "US DoD Central");
        regional(51303, Family::MicrosoftPeering, "China East 2");
        for unknown in [0, 4999, 5011, 5140, 49004, 50001, 51022, 51023, 51045, 51107, 56004, 65535] {
            assert_eq!(describe(Community::microsoft(unknown)), None, "{unknown}");
        }
        assert_eq!(describe(Community { asn: 8075, value: 51004 }), None);
        assert_eq!(region_digits(Community::microsoft(51999)), Some(999));
        assert_eq!(region_digits(Community::microsoft(5010)), None);
        assert_eq!(region_digits(Community { asn: 8075, value: 51004 }), None);
    }

    #[test]
    fn microsoft_365_needs_authorisation_and_azure_does_not() {
        for (value, needed) in [
            (5010, true),
            (5020, true),
            (5030, true),
            (5040, false),
            (5050, false),
            (5060, false),
            (5070, false),
            (5100, true),
            (5110, true),
            (5160, false),
            (5200, true),
            (5220, false),
            (5250, false),
            (51004, false),
            (5999, false),
        ] {
            assert_eq!(needs_microsoft_365_authorisation(Community::microsoft(value)), needed, "{value}");
        }
        assert!(!needs_microsoft_365_authorisation(Community { asn: 8075, value: 5010 }));
    }

    #[test]
    fn areas_are_microsofts() {
        for (digits, area) in [
            (7, Some(Area::NorthAmerica)),
            (20, Some(Area::NorthAmerica)),
            (14, Some(Area::SouthAmerica)),
            (42, Some(Area::Europe)),
            (11, Some(Area::Asia)),
            (13, Some(Area::Japan)),
            (15, Some(Area::Oceania)),
            (32, Some(Area::AustraliaGovernment)),
            (109, Some(Area::UsGovernment)),
            (302, Some(Area::ChinaEast)),
            (999, None),
        ] {
            assert_eq!(area_of(digits), area, "{digits}");
        }
    }
}
